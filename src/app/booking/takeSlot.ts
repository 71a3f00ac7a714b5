import { reassign } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Advisor, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { freeSlots, type ResolvedQuery, type SlotWithAdvisors } from '../../domain/slots/freeSlots';
import { announce } from '../notifications/announce';
import type { WriteMails } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';
import { suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';

/** Who has to change for those who take an offer. */
interface MakingRoom {
  readonly desk: Desk;
  /** As the offer says. */
  readonly moves: SlotWithAdvisors['moves'];
  /** Bookings and holds that take it, and so leave the place where they are. */
  readonly leaving: readonly string[];
  readonly now: Instant;
  readonly writeMails: WriteMails;
}

/**
 * Takes an offer: gives others another advisor, as it says, and runs `save` for those who take it, all as one permutation, since the others
 * may go where these were. Others are told as `announce` does, each with its history, and with mails to the advisors only.
 *
 * @throws DomainError `slot-unavailable`
 */
export async function takePlaces(stores: Stores, room: MakingRoom, save: () => Promise<void>): Promise<void> {
  const { moves, leaving } = room;
  await stores.bookings.permute([...leaving, ...moves.map(({ engagement }) => engagement.id)], async () => {
    await reassignOthers(stores, room);
    await save();
  });
}

async function reassignOthers(stores: Stores, { desk, moves, now, writeMails }: MakingRoom): Promise<void> {
  for (const { engagement, to } of moves) {
    const before = await stores.bookings.find(engagement.id);
    if (before) {
      const { booking, event } = reassign(before, to, now);
      await stores.bookings.save(booking);
      if (event) await announce(stores, writeMails, { desk, booking, before, event, now });
    } else {
      const hold = await stores.bookings.findHold(engagement.id);
      if (hold) await stores.bookings.saveHold({ ...hold, advisorId: to });
    }
  }
}

/** An offer that is about to be written down: `Offer` with the advisor who comes first. */
export type TakenSlot = SlotWithAdvisors & { readonly advisor: Advisor };

/**
 * What is offered at `start`, inside the transaction that takes it; holds that have run out make room first.
 *
 * @param except a hold or booking that is about to move or to be confirmed
 * @throws DomainError `slot-unavailable`
 */
export async function takeSlot(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  {
    desk,
    query,
    start,
    now,
    except,
  }: { desk: Desk; query: ResolvedQuery; start: Instant; now: Instant; except?: string | undefined },
): Promise<TakenSlot> {
  await stores.bookings.lapseHolds(now, desk.id);
  const range = { start, end: start + 1 };
  const advisors = suitableFor(desk, query);
  // Whoever has somebody already may keep them, and so wants to know all; else the first is taken.
  const naming = except === undefined ? 'best' : 'all';
  // Asked of the same function that the search shows.
  // It may look as often as it needs: whatever a search has found with fewer looks is found here, too.
  const scope = { desk, range, now, except, advisors, looksAWeek: Number.POSITIVE_INFINITY };
  const { answer } = await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) =>
    freeSlots(snapshot, query, range, naming),
  );
  const [offer] = answer;
  const advisor = offer?.advisors[0];
  if (!offer || !advisor) throw new DomainError('slot-unavailable');
  return { ...offer, advisor };
}
