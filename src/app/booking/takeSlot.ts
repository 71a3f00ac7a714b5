import { type Actor, type Booking, reassign } from '../../domain/booking/booking';
import { type Interpreting, lapsesAt } from '../../domain/booking/interpreting';
import type { Instant } from '../../domain/calendar/interval';
import type { Advisor, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { freeSlots, type ResolvedQuery, type SlotWithAdvisors } from '../../domain/slots/freeSlots';
import { announce } from '../notifications/announce';
import type { CollectMailFacts } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';
import { suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';

/** The engagements that change advisors to make room for a slot that is taken. */
interface MakingRoom {
  readonly desk: Desk;
  /** The moves of the slot, in their order. */
  readonly moves: SlotWithAdvisors['moves'];
  /** Ids of the bookings and holds that take the slot and leave the place that they have now. */
  readonly leaving: readonly string[];
  readonly now: Instant;
  readonly mailFacts: CollectMailFacts;
  /** Who takes the slot, if that decides when the others are told; absent: they are told at once. */
  readonly cause?: Actor;
}

/** A booking that changed its advisor to make room. */
export interface Reassigned {
  readonly before: Booking;
  readonly booking: Booking;
}

/**
 * Takes a slot: it gives other engagements the advisors that the slot's moves name, and runs `save` for those that take
 * the slot. All is one permutation, because the others may move into the places that are left. Each of the others gets
 * an event and mails by `announce`, which go to advisors only.
 *
 * @returns the bookings among the others
 * @throws DomainError `slot-unavailable`
 */
export async function takePlaces(stores: Stores, room: MakingRoom, save: () => Promise<void>): Promise<Reassigned[]> {
  const { moves, leaving } = room;
  let others: Reassigned[] = [];
  await stores.bookings.permute([...leaving, ...moves.map(({ assignment }) => assignment.id)], async () => {
    others = await reassignOthers(stores, room);
    await save();
  });
  return others;
}

async function reassignOthers(
  stores: Stores,
  { desk, moves, now, mailFacts, cause }: MakingRoom,
): Promise<Reassigned[]> {
  const others: Reassigned[] = [];
  for (const { assignment, to } of moves) {
    const before = await stores.bookings.find(assignment.id);
    if (before) {
      const { booking, event } = reassign(before, to, now);
      await stores.bookings.save(booking);
      if (event) await announce(stores, mailFacts, { desk, booking, before, event, now, ...(cause && { cause }) });
      others.push({ before, booking });
    } else {
      const hold = await stores.bookings.findHold(assignment.id);
      if (hold) await stores.bookings.saveHold({ ...hold, advisorId: to });
    }
  }
  return others;
}

/** An offer that is about to be written down: `Offer` with the advisor who comes first. */
type TakenSlot = SlotWithAdvisors & { readonly advisor: Advisor };

/**
 * Finds the slot at `start`, inside the transaction that takes it. Expired holds are lapsed first.
 *
 * @param except the id of the hold or booking that is about to move or to be confirmed, which does not block the slot
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
  // A booking or hold that exists may keep its advisor, so all advisors are listed for it; otherwise the best is
  // enough.
  const naming = except === undefined ? 'best' : 'all';
  // This is the function that the search uses. Its number of looks is not limited, so that every slot that a search has
  // found is found here, too.
  const scope = { desk, range, now, except, advisors, looksAWeek: Number.POSITIVE_INFINITY };
  const { answer } = await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) =>
    freeSlots(snapshot, query, range, naming),
  );
  const [offer] = answer;
  const advisor = offer?.advisors[0];
  if (!offer || !advisor) throw new DomainError('slot-unavailable');
  return { ...offer, advisor };
}

/** Returns what a new booking says of its interpreter: somebody is to be found, or nobody is needed. */
export function interpretingOf({ interpretedInto }: ResolvedQuery): Interpreting | null {
  return interpretedInto === undefined ? null : { language: interpretedInto, kind: null, name: null };
}

/**
 * Checks that there is time to find an interpreter, if one is asked for.
 *
 * @throws DomainError `slot-unavailable` if the request would have lapsed already
 */
export function assertInTimeForInterpreter({
  desk,
  query,
  start,
  now,
}: {
  desk: Desk;
  query: ResolvedQuery;
  start: Instant;
  now: Instant;
}): void {
  if (query.interpretedInto !== undefined && lapsesAt(start, desk) <= now) throw new DomainError('slot-unavailable');
}
