import { type Actor, assertChangeable, type Booking, isMovable, move } from '../../domain/booking/booking';
import type { Change } from '../../domain/booking/change';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { type Permutation, permutation } from '../../domain/slots/permutation';
import { deskOf } from '../desks/deskOf';
import { announce } from '../notifications/announce';
import type { WriteMails } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';
import { otherTimes } from '../slots/otherTimes';
import { queryToMove, resolveQuery, suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';
import { settleFlag } from '../staff/settleFlag';
import { takePlaces } from './takeSlot';

/** Which booking moves, and where to. */
export interface MoveLine {
  readonly bookingId: string;
  readonly start: Instant;
  /** To this advisor; absent: to any who is suitable, or to the same one if the booking is tied. */
  readonly advisorId?: string | undefined;
  /** Promises the named advisor to the client. Without it, naming one promises nothing; what was promised before stays so. */
  readonly tie?: boolean | undefined;
  /** For the history, and for the client's mail if the desk moves it. */
  readonly reason?: string | null | undefined;
  /** The version that the mover saw. @see DomainError `version-moved-on` */
  readonly ifVersion?: number | undefined;
}

/** A booking that moves, before and after; `event` is null if it stays where it is. */
export interface PlannedMove extends Change {
  readonly before: Booking;
}

/** What will be done, if nothing was refused. */
export interface MovePlan {
  readonly desk: Desk;
  /** In the order of the lines. */
  readonly moves: readonly PlannedMove[];
  readonly others: Permutation['others'];
  /** Why a line cannot be done. */
  readonly refused: readonly { readonly bookingId: string; readonly error: DomainError }[];
}

/** Who moves, and when they do. */
export interface MoveAuthor {
  readonly by: Actor;
  readonly now: Instant;
}

/**
 * What becomes of several bookings of one desk that move at once, see `permutation`. Nothing is written.
 *
 * @param lines each booking once, all of one desk; at least one
 * @throws DomainError `version-moved-on`, `not-found`, `invalid`
 */
export async function planMoves(
  stores: Pick<Stores, 'desks' | 'bookings' | 'snapshot'>,
  lines: readonly MoveLine[],
  { by, now }: MoveAuthor,
): Promise<MovePlan> {
  const found: { line: MoveLine; before: Booking }[] = [];
  for (const line of lines) {
    const before = await stores.bookings.find(line.bookingId);
    if (!before) throw new DomainError('not-found');
    assertVersion(before, line.ifVersion);
    found.push({ line, before });
  }
  const desk = await deskOf(stores, found[0]?.before.deskId ?? '');
  const refused = found.flatMap(({ before }) => refusalOf(before, { by, now }));
  const movers = found.flatMap(({ line, before }) => moverOf(desk, line, before, by) ?? []);
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

function refusalOf(booking: Booking, by: MoveAuthor): MovePlan['refused'] {
  try {
    assertChangeable(booking, by);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ bookingId: booking.id, error }];
  }
}

/** Undefined: it stays where it is. */
function moverOf(desk: Desk, { start, advisorId, tie }: MoveLine, before: Booking, by: Actor) {
  const query = resolveQuery(desk, queryToMove(before, advisorId), by.kind === 'client' ? 'client' : 'staff');
  const stays = before.time.start === start && (advisorId ?? before.advisorId) === before.advisorId;
  // Staff who ask for anybody at the same time mean somebody else, if its advisor cannot be there.
  const anybody = by.kind === 'staff' && query.advisorId === undefined;
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
  // As for `takeOffer`: whatever a search has found is found here, too.
  const scope = { desk, range, now, advisors: [...advisors], looksAWeek: Number.POSITIVE_INFINITY };
  return (await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) => permutation(snapshot, movers)))
    .answer;
}

/**
 * Does what was planned, inside the transaction in which it was planned: all of it as one permutation, each with its history and its mails.
 *
 * @throws DomainError `slot-unavailable`
 */
export async function carryOut(
  stores: Stores,
  { desk, moves, others }: MovePlan,
  { by, now, writeMails }: MoveAuthor & { writeMails: WriteMails },
): Promise<void> {
  const changed = moves.flatMap(({ before, booking, event }) => (event ? [{ before, booking, event }] : []));
  // Holds that have run out were not counted: they must not be in the way.
  await stores.bookings.lapseHolds(now, desk.id);
  const leaving = changed.map(({ booking }) => booking.id);
  await takePlaces(stores, { desk, moves: others, leaving, now, writeMails }, async () => {
    for (const { booking } of changed) await stores.bookings.save(booking);
  });
  for (const { before, booking, event } of changed) {
    const freeTimes = await otherTimes(stores, { desk, booking, before, by, now });
    await announce(stores, writeMails, { desk, booking, before, event, now, freeTimes });
    await settleFlag(stores, booking.id, { by, now });
  }
}

/** @throws DomainError `version-moved-on` if somebody changed the booking since it was read */
export function assertVersion(booking: Booking, ifVersion: number | undefined): void {
  if (ifVersion !== undefined && ifVersion !== booking.version)
    throw new DomainError('version-moved-on', { version: booking.version });
}
