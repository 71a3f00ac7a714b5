import type { Booking } from '../../domain/booking/booking';
import type { HoursException, HoursRule } from '../../domain/calendar/hours';
import { contains, type Interval } from '../../domain/calendar/interval';
import { assertException, assertHoursRule, openingWindows } from '../../domain/calendar/openingHours';
import { startOfDay } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { deskOf } from '../booking/situation';
import type { AppDeps } from '../deps';
import { type Answer, type IdempotencyKey, once } from '../once';
import type { Stores } from '../ports/storage';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

/** A change of hours cancels nothing by itself: the bookings that it touches stay until someone moves them. */
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
      await deskOf(stores, deskId);
      // One that cannot be expanded would close the desk's calendar to everybody, for good.
      assertException(exception);
      const id = ids.uuid();
      await stores.desks.addException(deskId, { ...exception, id });
      const desk = await deskOf(stores, deskId);
      const zone = desk.hours.timeZone;
      const span = { start: startOfDay(exception.from, zone), end: startOfDay(exception.to, zone) };
      const windows = openingWindows(desk.hours, span);
      const affected = await upcoming(stores, deskId, { start: Math.max(span.start, now()), end: span.end });
      return {
        id,
        desk,
        affected: affected.filter((booking) => !windows.some((window) => contains(window, booking.time))),
      };
    });
}

export type ReplaceOpeningRules = (request: { deskId: string; rules: readonly HoursRule[] }) => Promise<Desk>;

/** The desk's opening rules, all at once. @throws DomainError `not-found`, `invalid-rule`, `invalid-time` */
export function replaceOpeningRules({ storage }: Pick<AppDeps, 'storage'>): ReplaceOpeningRules {
  return ({ deskId, rules }) =>
    storage.write(async (stores) => {
      await deskOf(stores, deskId);
      for (const rule of rules) assertHoursRule(rule);
      await stores.desks.replaceOpeningRules(deskId, rules);
      return deskOf(stores, deskId);
    });
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
      const affected = await upcoming(stores, deskId, time);
      return { id: absence.id, desk, affected: affected.filter((booking) => booking.advisorId === advisorId) };
    });
}

async function upcoming({ bookings }: Stores, deskId: string, range: Interval): Promise<Booking[]> {
  const open = new Set(['requested', 'confirmed', 'checked_in']);
  return (await bookings.within(deskId, range)).filter(({ status }) => open.has(status));
}
