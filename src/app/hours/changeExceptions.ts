import { addDays } from '../../domain/calendar/dates';
import { daysOf } from '../../domain/calendar/exceptions';
import type { HoursException } from '../../domain/calendar/hours';
import type { Interval } from '../../domain/calendar/interval';
import { assertException, effectOf } from '../../domain/calendar/openingHours';
import { localDate, startOfDay } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { type Affected, assertSeen } from './affected';
import { flagBookings } from './flagBookings';
import { keepingVersion } from './keepVersion';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

type AddException = (request: {
  who: Caller;
  deskId: string;
  exception: Omit<HoursException, 'id'>;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<Affected>>;

/**
 * Adds an exception to the desk's hours.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid`, `invalid-time`, `invalid-rule`; `no-effect` with `beatenBy` if it would
 *   change no window of its days
 */
export function addException(deps: Deps): AddException {
  const { storage, now, ids } = deps;
  return async ({ who, deskId, exception, idempotency }) => {
    assertMayChangeHours(who, deskId);
    const deed = { deskId, who, now: now(), what: 'exception_added' } as const;
    return idempotently({ write: storage.write, now: now(), desk: deskId }, idempotency, (stores) =>
      keepingVersion(stores, deps, deed, async () => {
        const before = await deskOf(stores, deskId);
        const entry = { ...exception, id: ids.uuid() };
        assertEffect(before, entry);
        await stores.desks.addException(deskId, entry, 'staff');
        return { ...(await changed(stores, deps, { before, about: [entry] })), id: entry.id, version: 1 };
      }),
    );
  };
}

type ReplaceException = (request: {
  who: Caller;
  deskId: string;
  id: string;
  exception: Omit<HoursException, 'id'>;
  ifVersion: number | undefined;
}) => Promise<Affected>;

/**
 * Replaces an exception, which makes it the newest.
 *
 * @throws the DomainErrors of `addException`, and `version-moved-on`
 */
export function replaceException(deps: Deps): ReplaceException {
  return async ({ who, deskId, id, exception, ifVersion }) => {
    assertMayChangeHours(who, deskId);
    const deed = { deskId, who, now: deps.now(), what: 'exception_changed' } as const;
    return deps.storage.write(
      (stores) =>
        keepingVersion(stores, deps, deed, async () => {
          const before = await deskOf(stores, deskId);
          const old = await seenEntry(stores, { deskId, id, ifVersion });
          const entry = { ...exception, id };
          assertEffect(before, entry);
          await stores.desks.replaceException(deskId, entry);
          const about = [old.exception, entry];
          return { ...(await changed(stores, deps, { before, about })), id, version: old.version + 1 };
        }),
      { desk: deskId },
    );
  };
}

type RemoveException = (request: {
  who: Caller;
  deskId: string;
  id: string;
  ifVersion: number | undefined;
}) => Promise<Affected>;

/**
 * Removes an exception, so that its days are as if it had never been entered.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function removeException(deps: Deps): RemoveException {
  return async ({ who, deskId, id, ifVersion }) => {
    assertMayChangeHours(who, deskId);
    const deed = { deskId, who, now: deps.now(), what: 'exception_removed' } as const;
    return deps.storage.write(
      (stores) =>
        keepingVersion(stores, deps, deed, async () => {
          const before = await deskOf(stores, deskId);
          const { exception, version } = await seenEntry(stores, { deskId, id, ifVersion });
          await stores.desks.removeException(deskId, id);
          return { ...(await changed(stores, deps, { before, about: [exception] })), id, version };
        }),
      { desk: deskId },
    );
  };
}

async function seenEntry(
  stores: Stores,
  { deskId, id, ifVersion }: { deskId: string; id: string; ifVersion: number | undefined },
) {
  const entry = (await stores.desks.exceptions(deskId)).find(({ exception }) => exception.id === id);
  assertSeen(entry, ifVersion);
  return entry;
}

/**
 * Refuses an exception that cannot be expanded, because every search at the desk would fail, and one that has no
 * effect, because the answer would look as if it had one.
 */
function assertEffect({ hours }: Desk, exception: HoursException): void {
  assertException(exception);
  const others = hours.exceptions.filter(({ id }) => id !== exception.id);
  const { changes, beatenBy } = effectOf({ ...hours, exceptions: others }, exception);
  if (changes) return;
  const reason = beatenBy
    ? 'the windows of its days are the same without it: another exception decides them'
    : 'the windows of its days are the same without it: opening rules and public holidays have them so';
  throw new DomainError('no-effect', { reason, beatenBy: beatenBy?.id ?? null });
}

/** @param about the exceptions that were added or removed */
async function changed(
  stores: Stores,
  { ids, now }: Deps,
  { before, about }: { before: Desk; about: readonly HoursException[] },
): Promise<Pick<Affected, 'desk' | 'affected'>> {
  const desk = await deskOf(stores, before.id);
  const zone = desk.hours.timeZone;
  const range = reach(about, zone);
  const outside = await flagBookings(stores, { ids }, { before, after: desk, range, now: now() });
  const isMeant = (time: Interval) => {
    const date = localDate(time.start, zone);
    return about.some((exception) => daysOf(exception, date, addDays(date, 1)).length > 0);
  };
  const affected = outside
    .filter(({ booking, why, isNew }) => why === 'closed' && (isNew || isMeant(booking.time)))
    .map(({ booking }) => booking);
  return { desk, affected };
}

/**
 * Returns the time from their first day to their last, including the night after it. A recurring exception has no last
 * day.
 */
function reach(about: readonly HoursException[], zone: string): Interval {
  const starts = about.map(({ from }) => startOfDay(from, zone));
  const ends = about.map(({ to, rrule }) => (rrule ? Number.MAX_SAFE_INTEGER : startOfDay(addDays(to, 1), zone)));
  return { start: Math.min(...starts), end: Math.max(...ends) };
}
