import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError, isRefusal } from '../../domain/errors';
import type { ResolvedQuery } from '../../domain/slots/freeSlots';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeWaiting } from '../../domain/staff/rights';
import { assertPossible, byTurn, type WaitingEntry } from '../../domain/waiting/entry';
import { offerTimeByStaff } from '../../domain/waiting/offerTime';
import type { AppDeps, WaitingDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { queriesOf, type Waiter } from './fitting';
import { offerStart } from './makeOffers';

/** Somebody who waits, with their place in the order in which they are offered something. */
export interface WaitingPlace {
  readonly entry: WaitingEntry;
  /** From 1. */
  readonly position: number;
}

/**
 * Returns who waits at the desk, in the order of their turn.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function readWaitingList({
  storage,
}: Pick<AppDeps, 'storage'>): (who: Caller, deskId: string) => Promise<{ desk: Desk; places: WaitingPlace[] }> {
  return async (who, deskId) => {
    assertMayServeWaiting(who, deskId);
    const desk = await deskOf(storage, deskId);
    const entries = (await storage.waiting.open(deskId)).sort(byTurn);
    return { desk, places: entries.map((entry, i) => ({ entry, position: i + 1 })) };
  };
}

type OfferByStaff = (request: {
  readonly who: Caller;
  readonly deskId: string;
  readonly entryId: string;
  readonly start: Instant;
  readonly idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<WaitingEntry>>;

/**
 * Offers a start that staff chose, whatever day and time was wished for, to somebody who waits. It counts as one of
 * their offers.
 *
 * @throws DomainError `not-found`, `forbidden`, `slot-unavailable`, `hold-expired` if the entry has an offer or has ended
 */
export function offerByStaff(deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'> & WaitingDeps): OfferByStaff {
  return ({ who, deskId, entryId, start, idempotency }) => {
    assertMayServeWaiting(who, deskId);
    const now = deps.now();
    return idempotently({ write: deps.storage.write, now, desk: deskId }, idempotency, async (stores) => {
      const desk = await deskOf(stores, deskId);
      const entry = await entryAt(stores, deskId, entryId);
      assertPossible(entry, 'offer');
      return offerInSomeLanguage(deps, stores, { desk, entry, start, now });
    });
  };
}

async function offerInSomeLanguage(
  deps: Parameters<typeof offerStart>[0],
  stores: Stores,
  { desk, entry, start, now }: { desk: Desk; entry: WaitingEntry; start: Instant; now: Instant },
): Promise<WaitingEntry> {
  const when = offerTimeByStaff(start, { desk, now });
  if (when.until <= when.tellAt) throw new DomainError('slot-unavailable');
  return inSomeLanguage(stores, { desk, entry }, (waiter, query) =>
    offerStart(deps, stores, { desk, waiter, fitting: { query, start, ...when }, now }),
  );
}

/**
 * Tries the languages of an entry, and its modes, in their order until something is free in one.
 *
 * @throws DomainError `slot-unavailable` if nothing is in any
 */
export async function inSomeLanguage<T>(
  stores: Stores,
  { desk, entry }: { readonly desk: Desk; readonly entry: WaitingEntry },
  work: (waiter: Waiter, query: ResolvedQuery) => Promise<T>,
): Promise<T> {
  const waiter = { entry, booking: await bookingOf(stores, entry) };
  for (const query of queriesOf(desk, waiter, 'staff'))
    try {
      return await work(waiter, query);
    } catch (error) {
      if (!isRefusal(error, 'slot-unavailable')) throw error;
    }
  throw new DomainError('slot-unavailable');
}

/** Returns the booking that is to become earlier for an entry; null: there is none. */
export async function bookingOf({ bookings }: Pick<Stores, 'bookings'>, entry: WaitingEntry): Promise<Booking | null> {
  return entry.bookingId === null ? null : ((await bookings.find(entry.bookingId)) ?? null);
}

/** Returns an entry of the desk. @throws DomainError `not-found` */
export async function entryAt(
  { waiting }: Pick<Stores, 'waiting'>,
  deskId: string,
  entryId: string,
): Promise<WaitingEntry> {
  const entry = await waiting.find(entryId);
  if (entry?.deskId !== deskId) throw new DomainError('not-found');
  return entry;
}
