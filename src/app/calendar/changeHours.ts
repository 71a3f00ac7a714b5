import type { Booking } from '../../domain/booking/booking';
import type { HoursException, HoursRule } from '../../domain/calendar/hours';
import { type Interval, overlaps } from '../../domain/calendar/interval';
import { assertException, assertHoursRule } from '../../domain/calendar/openingHours';
import { startOfDay } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { deskOf } from '../booking/situation';
import type { AppDeps } from '../deps';
import { type Answer, type IdempotencyKey, once } from '../once';
import { flagBookings } from './flagBookings';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

/**
 * A change of hours cancels nothing by itself: the bookings that it touches stay until someone moves them, and reception has a task
 * for each. Those that are over are not among them.
 */
export interface Affected {
  readonly id: string;
  readonly desk: Desk;
  readonly affected: readonly Booking[];
}

export type AddException = (request: {
  deskId: string;
  exception: Omit<HoursException, 'id'>;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<Answer<Affected>>;

/** Closes the desk, or opens it otherwise, for a date or span. @throws DomainError `not-found`, `invalid`, `invalid-time` */
export function addException({ storage, now, ids }: Deps): AddException {
  return ({ deskId, exception, idempotency }) =>
    once({ write: storage.write, now: now(), desk: deskId }, idempotency, async (stores) => {
      const before = await deskOf(stores, deskId);
      // One that cannot be expanded would close the desk's calendar to everybody, for good.
      assertException(exception);
      const id = ids.uuid();
      await stores.desks.addException(deskId, { ...exception, id });
      const desk = await deskOf(stores, deskId);
      const zone = desk.hours.timeZone;
      const range = { start: startOfDay(exception.from, zone), end: startOfDay(exception.to, zone) };
      const outside = await flagBookings(stores, { ids }, { before, after: desk, range, now: now() });
      return { id, desk, affected: outside.filter(({ why }) => why === 'closed').map(({ booking }) => booking) };
    });
}

export type ReplaceOpeningRules = (request: { deskId: string; rules: readonly HoursRule[] }) => Promise<Desk>;

/** The desk's opening rules, all at once. @throws DomainError `not-found`, `invalid-rule`, `invalid-time` */
export function replaceOpeningRules({ storage, now, ids }: Deps): ReplaceOpeningRules {
  return ({ deskId, rules }) =>
    storage.write(
      async (stores) => {
        const before = await deskOf(stores, deskId);
        for (const rule of rules) assertHoursRule(rule);
        await stores.desks.replaceOpeningRules(deskId, rules);
        const desk = await deskOf(stores, deskId);
        const range = { start: now(), end: Number.MAX_SAFE_INTEGER };
        await flagBookings(stores, { ids }, { before, after: desk, range, now: now() });
        return desk;
      },
      { desk: deskId },
    );
}

export type AddAbsence = (request: {
  deskId: string;
  advisorId: string;
  time: Interval;
  reason: string | null;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<Answer<Affected>>;

/** An advisor is away. @throws DomainError `not-found` */
export function addAbsence({ storage, now, ids }: Deps): AddAbsence {
  return ({ deskId, advisorId, time, reason, idempotency }) =>
    once({ write: storage.write, now: now(), desk: deskId }, idempotency, async (stores) => {
      const desk = await deskOf(stores, deskId);
      const absence: Absence = { id: ids.uuid(), advisorId, time, reason };
      await stores.desks.addAbsence(deskId, absence);
      const changed = { before: desk, after: desk, absenceId: absence.id, range: time, now: now() };
      const outside = await flagBookings(stores, { ids }, changed);
      const affected = outside
        .map(({ booking }) => booking)
        .filter((booking) => booking.advisorId === advisorId && overlaps(booking.time, time));
      return { id: absence.id, desk, affected };
    });
}
