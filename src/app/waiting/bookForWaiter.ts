import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeWaiting } from '../../domain/staff/rights';
import { isOfferOver, isOpen, type WaitingEntry, withdrawn } from '../../domain/waiting/entry';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { takeOffer } from './answerOffer';
import { heldFor } from './makeOffers';
import { entryAt, inSomeLanguage } from './readWaitingList';
import { releaseOffer } from './releaseOffer';

type BookForWaiter = (request: {
  readonly who: Caller;
  readonly deskId: string;
  readonly entryId: string;
  readonly start: Instant;
  readonly idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<Booking>>;

/**
 * Books a start for somebody who waits and has agreed to it on the phone: what is offered to them, or another start
 * instead, which then goes to the next who waits. A booking that was to become earlier moves there.
 *
 * @throws DomainError `not-found`, `forbidden`, `slot-unavailable`, `hold-expired` if the entry has ended
 */
export function bookForWaiter(deps: AppDeps): BookForWaiter {
  return ({ who, deskId, entryId, start, idempotency }) => {
    assertMayServeWaiting(who, deskId);
    const now = deps.now();
    return idempotently({ write: deps.storage.write, now, desk: deskId }, idempotency, async (stores) => {
      const desk = await deskOf(stores, deskId);
      const entry = await entryAt(stores, deskId, entryId);
      if (!isOpen(entry)) throw new DomainError('hold-expired');
      if (start <= now) throw new DomainError('slot-unavailable');
      const isOffered = entry.offer?.time.start === start && !isOfferOver(entry, now);
      const held = isOffered ? entry : await heldInstead(deps, stores, { desk, entry, start, now });
      return takeOffer(deps, stores, held, { who, source: 'phone', now });
    });
  };
}

async function heldInstead(
  deps: AppDeps,
  stores: Stores,
  { desk, entry, start, now }: { desk: Desk; entry: WaitingEntry; start: Instant; now: Instant },
): Promise<WaitingEntry> {
  const free = entry.offer ? withdrawn(entry) : entry;
  if (entry.offer) {
    await stores.waiting.save(free);
    await releaseOffer(stores, entry.offer);
  }
  const until = { tellAt: now, until: start };
  const held = await inSomeLanguage(stores, { desk, entry: free }, (waiter, query) =>
    heldFor(deps, stores, { desk, waiter, fitting: { query, start, ...until }, now }),
  );
  await stores.waiting.save(held.entry);
  return held.entry;
}
