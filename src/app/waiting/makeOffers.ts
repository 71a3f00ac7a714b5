import { type Hold, UNTIL_ANSWERED } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { byTurn, offered, type WaitingEntry, type WaitingOffer } from '../../domain/waiting/entry';
import { takePlaces, takeSlot } from '../booking/takeSlot';
import type { AppDeps, WaitingDeps } from '../deps';
import type { Stores } from '../ports/storage';
import { spokenBy } from '../slots/slotQuery';
import { type Fitting, type Freed, fittingStarts, type Waiter } from './fitting';
import { settleWaiting } from './settleWaiting';
import { tellWaiting } from './tellWaiting';

export type OfferDeps = Pick<AppDeps, 'ids' | 'mailFacts'> & WaitingDeps;

/** What has changed at a desk since the last look at those who wait. */
interface ChangedAtDesk {
  readonly freed: Freed;
  /**
   * Ids of entries for which everything is looked through, because they are new or wait again, and of bookings that have
   * changed: what is earlier than they are may be free already.
   */
  readonly anew: ReadonlySet<string>;
}

/**
 * Ends what is over and offers what is free, in the transaction that has changed something, so that nobody else ever
 * sees it free. Each start goes to the first of those whom it fits; each who waits is offered one start at a time.
 */
export async function makeOffers(
  deps: OfferDeps,
  stores: Stores,
  deskId: string,
  { freed, anew, now }: ChangedAtDesk & { readonly now: Instant },
): Promise<void> {
  const desk = await stores.desks.find(deskId);
  if (!desk) return;
  const settled = await settleWaiting(deps, stores, { desk, now, looksAtOffers: freed === 'everything' });
  const all = freed === 'everything' ? freed : [...freed, ...settled.freed];
  const again = new Set([...anew, ...settled.waitAgain]);
  const starts = fittingStarts(stores, desk, now);
  const inTurn = [...settled.waiting].sort((a, b) => byTurn(a.entry, b.entry));
  for (const waiter of inTurn) {
    const { id, bookingId } = waiter.entry;
    const isAnew = again.has(id) || (bookingId !== null && again.has(bookingId));
    const fitting = await starts.first(waiter, isAnew ? 'everything' : all);
    if (!fitting) continue;
    await offerStart(deps, stores, { desk, waiter, fitting, now });
    starts.changed();
  }
}

interface Offering {
  readonly desk: Desk;
  readonly waiter: Waiter;
  readonly fitting: Fitting;
  readonly now: Instant;
}

/**
 * Holds a start for an entry and tells its client.
 *
 * @throws DomainError `slot-unavailable`
 */
export async function offerStart(deps: OfferDeps, stores: Stores, offering: Offering): Promise<WaitingEntry> {
  const { desk, now } = offering;
  const { entry, offer } = await heldFor(deps, stores, offering);
  const mailId = await tellWaiting(deps, stores, { desk, entry, kind: 'waiting_offer', offer, now });
  const told = { ...entry, offer: { ...offer, mailId } };
  await stores.waiting.save(told);
  return told;
}

/**
 * Holds a start for an entry, of which nobody is told. The entry is not saved.
 *
 * @throws DomainError `slot-unavailable`
 */
export async function heldFor(
  deps: Pick<OfferDeps, 'ids' | 'mailFacts'>,
  stores: Stores,
  { desk, waiter, fitting, now }: Offering,
): Promise<{ readonly entry: WaitingEntry; readonly offer: WaitingOffer }> {
  const { query, start, tellAt, until } = fitting;
  const { advisor, mode, time, blockedUntil, moves } = await takeSlot(stores, { desk, query, start, now });
  const language = spokenBy(advisor, query);
  const hold: Hold = {
    ...{ id: deps.ids.uuid(), deskId: desk.id, topicId: query.topic.id, language, interpreting: null, mode },
    ...{ advisorId: advisor.id, tied: query.advisorId !== undefined, urgent: false, time, blockedUntil },
    ...{ heldUntil: UNTIL_ANSWERED, renewals: 0, holder: null, heldFrom: {}, draft: {}, createdAt: now },
  };
  await takePlaces(stores, { desk, moves, leaving: [], now, mailFacts: deps.mailFacts }, () =>
    stores.bookings.saveHold(hold),
  );
  const offer = { holdId: hold.id, time, language, mode, tellAt, until, mailId: null };
  return { entry: offered(waiter.entry, offer), offer };
}
