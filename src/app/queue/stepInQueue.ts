import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import { localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { type QueueEntry, type QueueStep, step } from '../../domain/queue/entry';
import { attended, numberOf } from '../../domain/queue/line';
import type { Caller } from '../../domain/staff/caller';
import { assertMayBookFor, assertMayServeQueue, assertSeesDesk } from '../../domain/staff/rights';
import { assertVersion } from '../booking/movePlan';
import { recordWithin } from '../booking/recordAttendance';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { nextPerson } from './readQueue';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'tokens' | 'mailFacts'>;

interface StepRequest {
  readonly who: Caller;
  /** Of an entry, or of a booking whose client is here. */
  readonly id: string;
  readonly what: QueueStep;
  /** Who calls; absent: whoever asks, or whom the appointment is with. */
  readonly advisorId?: string | undefined;
  /** The version of the booking that was seen, if it is one. */
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

/**
 * Does a step with somebody who waits. An appointment whose consultation is finished is completed as well, and reopened
 * when that is undone.
 *
 * @throws DomainError `queue-not-changeable` with `state`, `version-moved-on`, `not-found`, `forbidden`, `invalid` (advisor)
 */
export function stepInQueue(deps: Deps): (request: StepRequest) => Promise<IdempotentAnswer<QueueEntry>> {
  const { storage, now, tokens } = deps;
  return async ({ who, id, what, advisorId, ifVersion, idempotency }) => {
    const known = (await storage.queue.find(id)) ?? (await storage.bookings.find(id));
    if (!known) throw new DomainError('not-found');
    assertSeesDesk(who, known.deskId);
    assertMayServeQueue(who, known.deskId);
    if (advisorId !== undefined) assertMayBookFor(who, known.deskId, advisorId);
    const at = now();
    const scope = { write: storage.write, now: at, desk: known.deskId };
    return idempotently(scope, idempotency, async (stores) => {
      const desk = await deskOf(stores, known.deskId);
      assertAdvisor(desk, advisorId);
      const { before, isKept } = await entryToday(stores, deps, { desk, id, ifVersion, now: at });
      const calls = what === 'call' || what === 'start';
      const after = step(before, what, calls ? await callerOf(stores, who, before, advisorId) : null, at);
      if (!isKept) await stores.queue.add(after, tokens.hash(tokens.tokenFor(after.id)));
      else if (after !== before) await stores.queue.save(after);
      await recordOn(stores, after, { who, what, now: at, mailFacts: deps.mailFacts });
      return after;
    });
  };
}

/**
 * Calls the next person for an advisor, see `nextFor`.
 *
 * @returns undefined if nobody waits whom they could see now
 * @throws DomainError `not-found`, `forbidden`
 */
export function callNext(
  deps: Deps,
): (request: { who: Caller; deskId: string; advisorId: string }) => Promise<QueueEntry | undefined> {
  const { storage, now } = deps;
  return async ({ who, deskId, advisorId }) => {
    assertMayServeQueue(who, deskId);
    assertMayBookFor(who, deskId, advisorId);
    const desk = await deskOf(storage, deskId);
    assertAdvisor(desk, advisorId);
    const next = await nextPerson(storage, desk, advisorId, now());
    return next && (await stepInQueue(deps)({ who, id: next.id, what: 'call', advisorId })).value;
  };
}

function assertAdvisor(desk: Desk, advisorId: string | undefined): void {
  if (advisorId !== undefined && !desk.advisors.some(({ id, retired }) => id === advisorId && !retired))
    throw new DomainError('invalid', { errors: [{ pointer: '/advisor', detail: 'is not an advisor of this desk' }] });
}

/** Returns who calls: whoever was named, an advisor who asks, or whom the appointment is with. */
async function callerOf(
  { bookings }: Pick<Stores, 'bookings'>,
  who: Caller,
  { bookingId, advisorId }: QueueEntry,
  named: string | undefined,
): Promise<string | null> {
  const own = who.kind === 'staff' ? (who.advisorId ?? null) : null;
  const found = named ?? own ?? advisorId;
  if (found !== null || bookingId === null) return found;
  return (await bookings.find(bookingId))?.advisorId ?? null;
}

/**
 * Returns the entry of today: of the id, of the appointment with that id, or a new one for an appointment whose client is
 * here. Whoever was in the queue on another day before the appointment was moved begins anew, in the same entry.
 *
 * @throws DomainError `not-found` for whoever came without an appointment on another day, and for an appointment whose
 *   client is not here
 */
async function entryToday(
  { queue, bookings }: Pick<Stores, 'queue' | 'bookings'>,
  { ids }: Pick<AppDeps, 'ids'>,
  { desk, id, ifVersion, now }: { desk: Desk; id: string; ifVersion: number | undefined; now: Instant },
): Promise<{ before: QueueEntry; isKept: boolean }> {
  const kept = (await queue.find(id)) ?? (await queue.findByBooking(id));
  const bookingId = kept ? kept.bookingId : id;
  const booking = bookingId === null ? undefined : await bookings.find(bookingId);
  if (booking) assertVersion(booking, ifVersion);
  const { timeZone } = desk.hours;
  const isOfToday = kept && localDate(kept.arrivedAt, timeZone) === localDate(now, timeZone);
  const before = isOfToday ? attended(kept, booking) : undefined;
  if (before) return { before, isKept: true };
  if (booking?.status !== 'checked_in') throw new DomainError('not-found');
  const fresh = entryFor(booking, kept?.id ?? ids.uuid(), now);
  return { before: kept ? { ...fresh, version: kept.version } : fresh, isKept: kept !== undefined };
}

function entryFor(booking: Booking, id: string, now: Instant): QueueEntry {
  const { deskId, topicId, language } = booking;
  return {
    ...{ id, deskId, bookingId: booking.id, number: numberOf(booking), topicId, language, name: null, urgent: null },
    ...{ state: 'waiting', misses: 0, advisorId: null, version: 1 },
    ...{ arrivedAt: now, turnAt: booking.time.start, calledAt: null, startedAt: null, endedAt: null },
  };
}

/** A consultation that is over before it was to begin stays checked in, since nothing before its start is completed. */
async function recordOn(
  stores: Stores,
  { bookingId, state }: QueueEntry,
  { who, what, ...by }: { who: Caller; what: QueueStep; now: Instant } & Pick<Deps, 'mailFacts'>,
): Promise<void> {
  const booking = bookingId === null ? undefined : await stores.bookings.find(bookingId);
  if (!booking) return;
  if (what === 'finish' && booking.status === 'checked_in' && by.now >= booking.time.start)
    await recordWithin(stores, { bookingId: booking.id, what: 'complete', who }, by);
  if (what === 'undo' && state === 'started' && booking.status === 'completed')
    await recordWithin(stores, { bookingId: booking.id, what: 'reopen', who }, by);
}
