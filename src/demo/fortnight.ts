import { setImmediate as othersTurn } from 'node:timers/promises';
import { unmetLedger } from '../app/demand/unmetLedger';
import type { AppDeps } from '../app/deps';
import { useCases } from '../app/useCases';
import type { Booking } from '../domain/booking/booking';
import { HOUR, type Instant, type Interval, intersect, MINUTE } from '../domain/calendar/interval';
import { openingWindows, workingWindows } from '../domain/calendar/openingHours';
import { addDays, dayInterval, eachDay, localDate } from '../domain/calendar/zone';
import type { Desk } from '../domain/desk';
import { isRefusal } from '../domain/errors';
import { CLIENT } from '../domain/staff/caller';
import type { StaffMember } from '../domain/staff/roles';
import { someOutcome } from './outcomes';
import type { Random } from './random';
import { someClient, someWish } from './requests';

const DAYS_BACK = 5;
const DAYS_AHEAD = 9;
/** The share of advisors' hours that is booked on one day. */
const FILLED_PERCENT = { least: 45, most: 65 };
/** After so many queries without a booking the day counts as full. */
const MAX_MISSES = 40;

interface Deps extends Omit<AppDeps, 'now' | 'mailFacts' | 'turn' | 'unmet'> {
  readonly now: Instant;
  readonly random: Random;
  readonly stopping: AbortSignal;
}

/**
 * Fills the days around `now` through the use cases, as if clients had booked one after another, each some days before
 * the consultation by a clock set to that day. So the demo contains no booking that a client could not have made. No
 * mails are sent, because the clients have no mailbox. SQLite answers without leaving the process, so each booking
 * waits for `turn`, which lets requests and signals be handled.
 *
 * A day that has bookings already, because an earlier filling was stopped, is filled up.
 *
 * @returns the number of bookings that were made
 */
export async function fillFortnight({ random, now, stopping, ...deps }: Deps, desk: Desk): Promise<number> {
  let made = 0;
  let clock = now;
  const at = (time: Instant) => {
    clock = Math.min(time, now);
  };
  // The program gives requests their turn between two bookings, so the use cases need not do it within one.
  const turn = async () => {};
  const unmet = unmetLedger(deps.storage);
  const showMail = () => {
    throw new Error('nobody looks at mails while the demo is filled');
  };
  const app = useCases({
    ...deps,
    now: () => clock,
    mailFacts: () => [],
    waitingFacts: () => null,
    showMail,
    turn,
    unmet,
  });
  const today = localDate(now, desk.hours.timeZone);

  for (const date of eachDay(addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD))) {
    const day = dayInterval(date, desk.hours.timeZone);
    const percent = FILLED_PERCENT.least + random.below(FILLED_PERCENT.most - FILLED_PERCENT.least);
    let room = (capacity(desk, day) * percent) / 100 - (await booked(day));
    for (let misses = 0; room > 0 && misses < MAX_MISSES; ) {
      await othersTurn();
      if (stopping.aborted) return made;
      const booking = await someBooking(day);
      if (!booking) misses++;
      else {
        made++;
        if (!(await happens(booking))) room -= booking.blockedUntil - booking.time.start;
      }
    }
  }
  return made;

  async function booked(day: Interval): Promise<number> {
    const there = await deps.storage.bookings.within(desk.id, day);
    return there.reduce(
      (sum, { status, time, blockedUntil }) => sum + (status === 'cancelled' ? 0 : blockedUntil - time.start),
      0,
    );
  }

  async function someBooking(day: Interval): Promise<Booking | undefined> {
    const query = someWish(desk, random);
    at(day.start - (1 + random.below(10 * 24)) * HOUR - random.below(60) * MINUTE);
    const { slots } = await app.findSlots({ deskId: desk.id, query, audience: 'client', from: day.start, to: day.end });
    if (slots.length === 0) return undefined;
    const { start } = random.pick(slots).time;
    const client = someClient(query, random, { desk, start, past: start < now });
    if (client.source === 'walk_in') {
      at(start - 5 * MINUTE);
      // A walk-in is offered only what is free without moving other bookings to other advisors.
      const atDoor = { deskId: desk.id, query, audience: 'staff', from: start, to: start + 1 } as const;
      if ((await app.findSlots(atDoor)).slots.length === 0) return undefined;
    }
    const who = client.source === 'web' ? CLIENT : receptionAt(desk);
    return app.bookConsultation({ who, deskId: desk.id, query, start, ...client }).then(
      ({ value }) => value,
      (error: unknown) => {
        // At a large desk the demo's few people reach the limit of bookings per client. And a visitor may take the slot
        // first, because the desk is open to everybody meanwhile.
        if (isRefusal(error, 'too-many-bookings') || isRefusal(error, 'slot-unavailable')) return undefined;
        throw error;
      },
    );
  }

  /**
   * Records what happened to a booking until `now`: cancelled, attended or missed.
   *
   * @returns `true` if it was cancelled
   */
  async function happens({ id: bookingId, topicId, time, createdAt, source }: Booking): Promise<boolean> {
    const record = async (what: 'check-in' | 'complete' | 'no-show', when: Instant) => {
      at(when);
      await app.recordAttendance({ bookingId, what, who: receptionAt(desk) });
    };
    if (source !== 'walk_in' && random.chance(6)) {
      at(Math.min(time.start, now) - random.below(Math.max(1, Math.min(time.start, now) - createdAt)));
      await app.cancelBooking({ bookingId, reason: null, who: CLIENT });
      return true;
    }
    const here = time.start - (random.below(12) - 2) * MINUTE;
    if (time.end <= now && random.chance(8)) await record('no-show', time.start + 15 * MINUTE);
    else if (time.end <= now) {
      await record('check-in', here);
      at(time.end);
      const outcome = someOutcome(desk, { topicId, nth: made });
      if (outcome) await app.recordOutcome({ bookingId, outcome, isMailed: false, who: receptionAt(desk) });
      else await record('complete', time.end);
    } else if (here <= now && random.chance(85)) await record('check-in', here);
    return false;
  }
}

/** Returns the sum of all advisors' working hours in the range, in milliseconds. */
function capacity({ hours, advisors }: Desk, range: Interval): number {
  const open = openingWindows(hours, range);
  const worked = advisors.flatMap(({ workingRules }) =>
    workingRules.length === 0 ? open : intersect(open, workingWindows(workingRules, hours.timeZone, range)),
  );
  return worked.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Who books for callers and notes who came. */
function receptionAt({ id: deskId }: Desk): StaffMember {
  return { kind: 'staff', name: 'Demo-Empfang', role: 'receptionist', deskId, advisorId: null };
}
