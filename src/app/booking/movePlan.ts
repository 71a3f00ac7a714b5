import { assertChangeable, type Booking, isMovable, move } from '../../domain/booking/booking';
import type { By, Change } from '../../domain/booking/change';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { type Permutation, permutation } from '../../domain/slots/permutation';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayMoveTo } from '../../domain/staff/rights';
import { deskOf } from '../desks/deskOf';
import { announce } from '../notifications/announce';
import type { CollectMailFacts } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';
import { otherTimes } from '../slots/otherTimes';
import { queryToMove, resolveQuery, suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';
import { settleFlag } from '../staff/settleFlag';
import { takePlaces } from './takeSlot';

/** A booking and the place to which it shall move. */
export interface MoveLine {
  readonly bookingId: string;
  readonly start: Instant;
  /** The new advisor; if absent, any suitable one, or the same one if the booking is tied. */
  readonly advisorId?: string | undefined;
  /** `true` ties the booking to the named advisor. Otherwise naming one ties nothing, and an existing tie stays. */
  readonly tie?: boolean | undefined;
  /** The reason, for the history, and for the client's mail if the desk moves the booking. */
  readonly reason?: string | null | undefined;
  /** The version that the mover saw. @see DomainError `version-moved-on` */
  readonly ifVersion?: number | undefined;
}

/** A booking before and after its move; `event` is null if it stays where it is. */
interface PlannedMove extends Change {
  readonly before: Booking;
}

/** The moves to be made, if none is refused. */
export interface MovePlan {
  readonly desk: Desk;
  /** In the order of the lines. */
  readonly moves: readonly PlannedMove[];
  readonly others: Permutation['others'];
  /** The lines that cannot be done, with the reason. */
  readonly refused: readonly { readonly bookingId: string; readonly error: DomainError }[];
}

/** The person who moves bookings, and the time of the move. */
export interface MoveAuthor {
  readonly who: Caller;
  readonly now: Instant;
}

/**
 * Plans moves of several bookings of one desk that are made together, see `permutation`. Nothing is written.
 *
 * @param lines each booking once, all of one desk; at least one
 * @throws DomainError `version-moved-on`, `not-found`, `forbidden`, `invalid`
 */
export async function planMoves(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  lines: readonly MoveLine[],
  { who, now }: MoveAuthor,
): Promise<MovePlan> {
  const by = actorOf(who);
  const found: { line: MoveLine; before: Booking }[] = [];
  for (const line of lines) {
    const before = await stores.bookings.find(line.bookingId);
    const deskId = found[0]?.before.deskId ?? before?.deskId;
    if (before === undefined || before.deskId !== deskId) throw new DomainError('not-found');
    assertMayMoveTo(who, before, line.advisorId ?? null);
    assertVersion(before, line.ifVersion);
    found.push({ line, before });
  }
  const desk = await deskOf(stores, found[0]?.before.deskId ?? '');
  const refused = found.flatMap(({ before }) => refusalOf(before, { by, now }));
  const movers = found.flatMap(({ line, before }) => moverOf(desk, line, before, who) ?? []);
  if (refused.length > 0) return { desk, moves: [], others: [], refused };

  const { places, others, ...left } = await placesFor(stores, desk, movers, now);
  const none = left.refused.map((bookingId) => ({ bookingId, error: new DomainError('slot-unavailable') }));
  const moves = found.map(({ line, before }): PlannedMove => {
    const place = places.find(({ id }) => id === before.id);
    if (!place) return { before, booking: before, event: null };
    const { time, blockedUntil, advisorId } = place;
    const tied = before.tied || line.tie === true;
    return {
      before,
      ...move(before, { time, blockedUntil, advisorId, tied }, { by, now, reason: line.reason ?? null }),
    };
  });
  return { desk, moves, others, refused: none };
}

function refusalOf(booking: Booking, by: By): MovePlan['refused'] {
  try {
    assertChangeable(booking, by);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ bookingId: booking.id, error }];
  }
}

/** Makes the mover of a line; undefined if the booking stays where it is. */
function moverOf(desk: Desk, { start, advisorId, tie }: MoveLine, before: Booking, who: Caller) {
  const query = resolveQuery(desk, queryToMove(before, advisorId), who.kind === 'client' ? 'client' : 'staff');
  const stays = before.time.start === start && (advisorId ?? before.advisorId) === before.advisorId;
  // Staff who name no advisor at the same time want another advisor if the booking's own is not available.
  const anybody = who.kind === 'staff' && query.advisorId === undefined;
  if (stays && !anybody) return undefined;
  const movable = isMovable({ tied: before.tied || tie === true, status: before.status });
  return { id: before.id, query, start, before: { start: before.time.start, advisorId: before.advisorId }, movable };
}

async function placesFor(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  desk: Desk,
  movers: readonly NonNullable<ReturnType<typeof moverOf>>[],
  now: Instant,
): Promise<Permutation> {
  if (movers.length === 0) return { places: [], others: [], refused: [] };
  const range = hull(movers.map(({ start }) => ({ start, end: start + 1 })));
  const advisors = new Set(movers.flatMap(({ query }) => suitableFor(desk, query)));
  // The number of looks is not limited, so that everything that a search has found is found here, too.
  const scope = { desk, range, now, advisors: [...advisors], looksAWeek: Number.POSITIVE_INFINITY };
  return (await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) => permutation(snapshot, movers)))
    .answer;
}

/**
 * Makes the planned moves as one permutation, each with its history and its mails. It must run in the transaction in
 * which they were planned.
 *
 * @throws DomainError `slot-unavailable`
 */
export async function carryOut(
  stores: Stores,
  { desk, moves, others }: MovePlan,
  { who, now, mailFacts }: MoveAuthor & { mailFacts: CollectMailFacts },
): Promise<void> {
  const by = actorOf(who);
  const changed = moves.flatMap(({ before, booking, event }) => (event ? [{ before, booking, event }] : []));
  // The plan ignored expired holds, so they are lapsed first, or the database would refuse the moves.
  await stores.bookings.lapseHolds(now, desk.id);
  const leaving = changed.map(({ booking }) => booking.id);
  await takePlaces(stores, { desk, moves: others, leaving, now, mailFacts }, async () => {
    for (const { booking } of changed) await stores.bookings.save(booking);
  });
  for (const { before, booking, event } of changed) {
    const freeTimes = await otherTimes(stores, { desk, booking, before, by, now });
    await announce(stores, mailFacts, { desk, booking, before, event, now, freeTimes });
    await settleFlag(stores, booking.id, { by, now });
  }
}

/** @throws DomainError `version-moved-on` if the booking was changed since the caller read it */
export function assertVersion(booking: Booking, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== booking.version)
    throw new DomainError('version-moved-on', { version: booking.version });
}
