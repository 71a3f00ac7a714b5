import { assertChangeable, type Booking, isMovable, move } from '../../domain/booking/booking';
import type { By, Change } from '../../domain/booking/change';
import type { Tell } from '../../domain/booking/operation';
import { hull, type Instant, MINUTE } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { bookableStarts } from '../../domain/slots/freeSlots';
import { type Mover, type Permutation, permutation } from '../../domain/slots/permutation';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayMoveTo } from '../../domain/staff/rights';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';
import { audienceOf, queryToMove, resolveQuery, suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';

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
  /** How the client is told; absent: by mail. */
  readonly tell?: Tell | undefined;
  /** Until when the client is asked whether the new time fits; absent or null: they are told, not asked. */
  readonly askedUntil?: Instant | null | undefined;
  /**
   * `true`: it may leave hours, language, topic and reserves, and goes to the advisor named, or else to its own, as soon
   * as nobody sits there.
   */
  readonly override?: boolean | undefined;
  /** The version that the mover saw. @see DomainError `version-moved-on` */
  readonly ifVersion?: number | undefined;
}

/** A booking before and after its move; `event` is null if it stays where it is. */
export interface PlannedMove extends Change {
  readonly before: Booking;
  readonly tell: Tell;
  readonly isOverride: boolean;
  readonly askedUntil: Instant | null;
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
  /** See `ResolvedQuery`. */
  readonly seesHeldBack?: boolean | undefined;
}

/** What a plan is made from. */
export type PlanStores = Pick<Stores, 'desks' | 'bookings' | 'snapshot'>;

/**
 * Plans moves of several bookings of one desk that are made together, see `permutation`. Nothing is written.
 *
 * @param lines each booking once, all of one desk; at least one
 * @throws DomainError `version-moved-on`, `not-found`, `forbidden`, `invalid`
 */
export async function planMoves(
  stores: PlanStores,
  lines: readonly MoveLine[],
  { who, now, seesHeldBack }: MoveAuthor,
): Promise<MovePlan> {
  const by = actorOf(who);
  const found = await foundLines(stores, lines, who);
  const desk = await deskOf(stores, found[0]?.before.deskId ?? '');
  const refused = found.flatMap(({ before }) => refusalOf(before, { by, now }));
  const movers = found.flatMap(({ line, before }) => moverOf(desk, line, before, { who, now, seesHeldBack }) ?? []);
  if (refused.length > 0) return { desk, moves: [], others: [], refused };

  const { places, others, ...left } = await placesFor(stores, desk, movers, now);
  const moves = found.map(({ line, before }): PlannedMove => {
    const { tell = 'mail', override: isOverride = false, askedUntil = null } = line;
    const how = { tell, isOverride, askedUntil };
    const place = places.find(({ id }) => id === before.id);
    if (!place) return { before, booking: before, event: null, ...how };
    const { time, blockedUntil, advisorId } = place;
    const tied = before.tied || line.tie === true;
    const change = move(before, { time, blockedUntil, advisorId, tied }, { by, now, reason: line.reason ?? null });
    return { before, ...change, ...how };
  });
  return { desk, moves, others, refused: noRoom(left.refused) };
}

/**
 * Returns the movers of moves that are not made yet, as `planMoves` would make them.
 *
 * @throws DomainError `version-moved-on`, `not-found`, `forbidden`, `invalid`
 */
export async function moversOf(
  stores: Pick<Stores, 'bookings'>,
  desk: Desk,
  lines: readonly MoveLine[],
  author: MoveAuthor,
): Promise<Mover[]> {
  const found = await foundLines(stores, lines, author.who);
  return found.flatMap(({ line, before }) => moverOf(desk, line, before, author) ?? []);
}

async function foundLines(
  { bookings }: Pick<Stores, 'bookings'>,
  lines: readonly MoveLine[],
  who: Caller,
): Promise<{ line: MoveLine; before: Booking }[]> {
  const found: { line: MoveLine; before: Booking }[] = [];
  for (const line of lines) {
    const before = await bookings.find(line.bookingId);
    const deskId = found[0]?.before.deskId ?? before?.deskId;
    if (before === undefined || before.deskId !== deskId) throw new DomainError('not-found');
    assertMayMoveTo(who, before, line.advisorId ?? null);
    assertVersion(before, line.ifVersion);
    found.push({ line, before });
  }
  return found;
}

/** Returns the refusals of bookings for which there is no room. */
export function noRoom(bookingIds: readonly string[]): MovePlan['refused'] {
  return bookingIds.map((bookingId) => ({ bookingId, error: new DomainError('slot-unavailable') }));
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
function moverOf(
  desk: Desk,
  line: MoveLine,
  before: Booking,
  { who, now, seesHeldBack }: MoveAuthor,
): Mover | undefined {
  const { start, tie, override } = line;
  const advisorId = line.advisorId ?? (override ? before.advisorId : undefined);
  const query = { ...resolveQuery(desk, queryToMove(before, advisorId), audienceOf(who)), seesHeldBack };
  const stays = before.time.start === start && (advisorId ?? before.advisorId) === before.advisorId;
  // Staff who name no advisor at the same time want another advisor if the booking's own is not available.
  const anybody = who.kind === 'staff' && query.advisorId === undefined;
  if (stays && !anybody) return undefined;
  const movable = isMovable({ tied: before.tied || tie === true, status: before.status });
  const end = start + query.topic.durationMinutes * MINUTE;
  const isAhead = start >= bookableStarts({ desk, now }, query, { start: 0, end: start + 1 }).start;
  const isThere = desk.advisors.some(({ id, retired }) => id === advisorId && !retired);
  return {
    id: before.id,
    query,
    start,
    before: { start: before.time.start, advisorId: before.advisorId },
    movable,
    ...(override && isAhead && isThere
      ? { insists: { time: { start, end }, blockedUntil: end + query.topic.bufferMinutes * MINUTE } }
      : {}),
  };
}

/** Finds the places of the movers, see `permutation`. */
export async function placesFor(
  stores: Pick<Stores, 'snapshot'>,
  desk: Desk,
  movers: readonly Mover[],
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

/** @throws DomainError `version-moved-on` if the booking was changed since the caller read it */
export function assertVersion(booking: Booking, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== booking.version)
    throw new DomainError('version-moved-on', { version: booking.version });
}
