import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import type { WaitingMailKind } from '../../domain/notifications/kinds';
import {
  ended,
  isOfferOver,
  isOpen,
  mayBecomeEarlier,
  passed,
  suitsUntil,
  type WaitingEntry,
  withdrawn,
} from '../../domain/waiting/entry';
import { takePlaces, takeSlot } from '../booking/takeSlot';
import type { AppDeps, WaitingDeps } from '../deps';
import type { Stores } from '../ports/storage';
import { queriesOf, type Waiter } from './fitting';
import { releaseOffer } from './releaseOffer';
import { tellWaiting } from './tellWaiting';

type SettleDeps = Pick<AppDeps, 'mailFacts'> & WaitingDeps;

interface Settling {
  readonly desk: Desk;
  readonly now: Instant;
  /** Whether hours or teams may have changed, so that what is offered may not take place any more. */
  readonly looksAtOffers: boolean;
}

interface Settled {
  /** Those to whom something can be offered. */
  readonly waiting: readonly Waiter[];
  /** What is held for nobody any more. */
  readonly freed: readonly Interval[];
  /** Ids of entries that were offered something before. */
  readonly waitAgain: readonly string[];
}

/**
 * Ends what is over at a desk: entries whose time has come, offers that nobody took in time, offers that can no longer
 * take place. Each of them is told.
 */
export async function settleWaiting(deps: SettleDeps, stores: Stores, settling: Settling): Promise<Settled> {
  const waiting: Waiter[] = [];
  const freed: Interval[] = [];
  const waitAgain: string[] = [];
  for (const before of await stores.waiting.open(settling.desk.id)) {
    const booking = before.bookingId === null ? null : ((await stores.bookings.find(before.bookingId)) ?? null);
    const step = await stepOf(deps, stores, { entry: before, booking }, settling);
    if (step) {
      const { entry, kind } = step;
      await stores.waiting.save(entry);
      if (before.offer) freed.push(await releaseOffer(stores, before.offer));
      if (kind) await tellWaiting(deps, stores, { ...settling, entry, kind, offer: before.offer });
      if (entry.state === 'waiting') waitAgain.push(entry.id);
    }
    const entry = step?.entry ?? before;
    if (entry.state === 'waiting') waiting.push({ entry, booking });
  }
  return { waiting, freed, waitAgain };
}

/** What becomes of an entry, and the mail that tells of it. */
interface Step {
  readonly entry: WaitingEntry;
  readonly kind: WaitingMailKind | null;
}

async function stepOf(
  deps: SettleDeps,
  stores: Stores,
  waiter: Waiter,
  { desk, now, looksAtOffers }: Settling,
): Promise<Step | null> {
  const { entry, booking } = waiter;
  const isAhead = booking !== null && mayBecomeEarlier(booking, now);
  // Whoever called the booking off, or came, waits for nothing earlier; they know it.
  if (entry.bookingId !== null && !isAhead) return { entry: ended(entry, 'leave', now), kind: null };
  if (isOfferOver(entry, now)) return missed(passed(entry, now));
  const end = suitsUntil(entry, desk.hours.timeZone);
  const isPast = end !== null && now >= end;
  if (isPast || queriesOf(desk, waiter).length === 0)
    return { entry: ended(entry, 'lapse', now), kind: 'waiting_over' };
  if (!entry.offer) return null;
  // A booking that was moved is perhaps earlier than what is offered.
  const isEarlier = booking === null || entry.offer.time.start < booking.time.start;
  if (!isEarlier) return { entry: withdrawn(entry), kind: null };
  if (!looksAtOffers || (await keepsPlace(deps, stores, waiter, { desk, now }))) return null;
  return { entry: withdrawn(entry), kind: 'waiting_withdrawn' };
}

function missed(entry: WaitingEntry): Step {
  return { entry, kind: isOpen(entry) ? 'waiting_missed' : 'waiting_over' };
}

/**
 * Tells whether the start that is held for an entry still takes place. Where its advisor cannot take it any more, it is
 * held with somebody else who can, so that nobody takes that place meanwhile.
 */
async function keepsPlace(
  { mailFacts }: SettleDeps,
  stores: Stores,
  waiter: Waiter,
  { desk, now }: Pick<Settling, 'desk' | 'now'>,
): Promise<boolean> {
  const { offer } = waiter.entry;
  if (!offer) return false;
  // What was offered may have been offered by staff, who are not bound to lead time and wish.
  const [query] = queriesOf(desk, waiter, 'staff');
  if (!query?.topic.modes.includes(offer.mode)) return false;
  const offered = { ...query, language: offer.language, mode: offer.mode };
  try {
    const place = await takeSlot(stores, { desk, query: offered, start: offer.time.start, now, except: offer.holdId });
    const hold = await stores.bookings.findHold(offer.holdId);
    if (!hold) return false;
    if (place.advisors.some(({ id }) => id === hold.advisorId)) return true;
    const { advisor, moves, blockedUntil } = place;
    await takePlaces(stores, { desk, moves, leaving: [hold.id], now, mailFacts }, () =>
      stores.bookings.saveHold({ ...hold, advisorId: advisor.id, blockedUntil }),
    );
    return true;
  } catch (error) {
    if (isRefusal(error, 'slot-unavailable')) return false;
    throw error;
  }
}
