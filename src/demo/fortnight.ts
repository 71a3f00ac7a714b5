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
import type { Random } from './random';
import { someClient, someWish } from './requests';

const DAYS_BACK = 5;
const DAYS_AHEAD = 9;
/** Of an advisor's hours, from day to day. */
const FILLED_PERCENT = { least: 45, most: 65 };
/** A day on which hardly anything fits any more is left alone. */
const MAX_MISSES = 40;

const RECEPTION = { kind: 'staff', name: 'Demo-Empfang' } as const;

interface Deps extends Omit<AppDeps, 'now' | 'writeMails' | 'turn' | 'unmet'> {
  readonly now: Instant;
  readonly random: Random;
  readonly stopping: AbortSignal;
}

/**
 * Fills the days around `now` through the use cases, as if clients had come one after another: each at a clock of their own,
 * some days before their consultation. So nothing is there that could not have been booked. Nobody is mailed: the clients
 * of a demo have no mailbox. A database in this process answers without leaving it, so others have their turn, and a signal is heard,
 * only because each booking waits for them.
 *
 * A day that has bookings already, because whoever filled it was stopped, gets the rest.
 *
 * @returns how many were booked
 */
export async function fillFortnight({ random, now, stopping, ...deps }: Deps, desk: Desk): Promise<number> {
  let made = 0;
  let clock = now;
  const at = (time: Instant) => {
    clock = Math.min(time, now);
  };
  // Nobody else is there yet who could have a turn.
  const turn = async () => {};
  const unmet = unmetLedger(deps.storage);
  const app = useCases({ ...deps, now: () => clock, writeMails: () => [], turn, unmet });
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
    const client = someClient(query, random, start < now);
    if (client.source === 'walk_in') {
      at(start - 5 * MINUTE);
      // Days before, other consultations would have given way; at the door they keep their advisors.
      const atDoor = { deskId: desk.id, query, audience: 'staff', from: start, to: start + 1 } as const;
      if ((await app.findSlots(atDoor)).slots.length === 0) return undefined;
    }
    return app.bookConsultation({ deskId: desk.id, query, start, ...client }).then(
      ({ value }) => value,
      (error: unknown) => {
        // At a large desk the demo's few people come so often that the desk would take no more of them; and somebody may be faster, since
        // the desk is open to everybody meanwhile.
        if (isRefusal(error, 'too-many-bookings') || isRefusal(error, 'slot-unavailable')) return undefined;
        throw error;
      },
    );
  }

  /** What became of a booking until now; true if it was called off. */
  async function happens({ id: bookingId, time, createdAt, source }: Booking): Promise<boolean> {
    const record = async (what: 'check-in' | 'complete' | 'no-show', when: Instant) => {
      at(when);
      await app.recordAttendance({ bookingId, what, by: RECEPTION });
    };
    if (source !== 'walk_in' && random.chance(6)) {
      at(Math.min(time.start, now) - random.below(Math.max(1, Math.min(time.start, now) - createdAt)));
      await app.cancelBooking({ bookingId, reason: null, by: { kind: 'client' } });
      return true;
    }
    const here = time.start - (random.below(12) - 2) * MINUTE;
    if (time.end <= now && random.chance(8)) await record('no-show', time.start + 15 * MINUTE);
    else if (time.end <= now) {
      await record('check-in', here);
      await record('complete', time.end);
    } else if (here <= now && random.chance(85)) await record('check-in', here);
    return false;
  }
}

/** All advisors' hours in the range, in ms. */
function capacity({ hours, advisors }: Desk, range: Interval): number {
  const open = openingWindows(hours, range);
  const worked = advisors.flatMap(({ workingRules }) =>
    workingRules.length === 0 ? open : intersect(open, workingWindows(workingRules, hours.timeZone, range)),
  );
  return worked.reduce((sum, { start, end }) => sum + end - start, 0);
}
