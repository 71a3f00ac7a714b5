import type { Booking } from '../../domain/booking/booking';
import { assertUndoable, type OperationLine, putBack, type StaffOperation } from '../../domain/booking/operation';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Mover } from '../../domain/slots/permutation';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayMoveTo, assertSeesDesk } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { resolveQuery } from '../slots/slotQuery';
import { nameInTasks } from '../staff/settleFlag';
import { carryOut } from './carryOut';
import { assertNoneRefused, type MovesResult, resultOf, withUndo } from './moveBookings';
import { type MoveAuthor, type MovePlan, noRoom, type PlannedMove, type PlanStores, placesFor } from './movePlan';

interface UndoRequest {
  /** The `undo.id` of the moves. */
  readonly operationId: string;
  readonly who: Caller;
  readonly idempotency?: IdempotencyKey | undefined;
}

type UndoMoves = (request: UndoRequest) => Promise<IdempotentAnswer<MovesResult>>;

/** A booking of the operation as it is now. */
interface Found {
  readonly line: OperationLine;
  readonly booking: Booking;
}

/**
 * Undoes moves as a whole: every booking that was asked for is at its old place again, and those that made room for it
 * are given back to their advisors as far as that is possible. Mails that were not sent are withdrawn, others get one
 * that says the old time. It is an operation itself, which can be undone. Undoing twice is the same as once.
 *
 * @throws DomainError `undo-expired`, `moves-refused` with `errors` (a booking was changed since: `version-moved-on`;
 *   somebody is at its old place: `slot-unavailable`), `not-found`, `forbidden`
 */
export function undoMoves(deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'>): UndoMoves {
  const { storage, now } = deps;
  return async ({ operationId, who, idempotency }) => {
    const known = await storage.operations.find(operationId);
    if (!known) throw new DomainError('not-found');
    assertSeesDesk(who, known.deskId);
    const author = { who, now: now() };
    const at = { write: storage.write, now: author.now, desk: known.deskId };
    return idempotently(at, idempotency, async (stores) => {
      const operation = (await stores.operations.find(operationId)) ?? known;
      return undoWithin(deps, stores, operation, author);
    });
  };
}

/** Undoes the operation in the transaction of `stores`. @throws as `undoMoves` */
export async function undoWithin(
  deps: Pick<AppDeps, 'ids' | 'mailFacts'>,
  stores: Stores,
  operation: StaffOperation,
  author: MoveAuthor,
): Promise<MovesResult> {
  const asked = await stillThere(stores, operation, author);
  if (operation.undoneAt !== null) return { results: asked.map(unchanged), others: [] };
  assertUndoable(operation, author.now);
  const plan = await planUndo(stores, operation, asked, author);
  assertNoneRefused(plan);
  await stores.operations.markUndone(operation.id, author.now);
  const result = await resultOf(stores, plan);
  const moves = await withCalls(stores, plan.moves, author);
  return withUndo(result, await carryOut(deps, stores, { ...plan, moves }, { ...author, undoes: operation.id }));
}

/** @throws DomainError `not-found` for bookings that were purged, `forbidden` */
async function stillThere(
  stores: Pick<Stores, 'bookings'>,
  { lines }: StaffOperation,
  { who }: MoveAuthor,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const line of lines.filter(({ isAsked }) => isAsked)) {
    const booking = await stores.bookings.find(line.bookingId);
    if (!booking) throw new DomainError('not-found');
    assertMayMoveTo(who, booking, line.before.advisorId);
    found.push({ line, booking });
  }
  return found;
}

function unchanged({ booking }: Found): MovesResult['results'][number] {
  return { booking: booking.id, outcome: 'unchanged', mail: false };
}

async function planUndo(
  stores: PlanStores,
  operation: StaffOperation,
  asked: readonly Found[],
  { who, now }: MoveAuthor,
): Promise<MovePlan> {
  const desk = await deskOf(stores, operation.deskId);
  const changed = asked.filter(({ line, booking }) => booking.version !== line.version);
  const refused = changed.map(({ booking: { id } }) => ({
    bookingId: id,
    error: new DomainError('version-moved-on'),
  }));
  if (refused.length > 0) return { desk, moves: [], others: [], refused };

  const by = actorOf(who);
  let others = await unchangedOthers(stores, operation);
  for (;;) {
    const movers = [...asked, ...others].map((found) => moverBack(desk, found));
    const { refused: noPlace, others: moreOthers } = await placesFor(stores, desk, movers, now);
    const stay = others.filter(({ booking }) => noPlace.includes(booking.id));
    if (stay.length > 0) {
      // Their old places are taken by now. They keep their new advisors, and hear nothing.
      others = others.filter((each) => !stay.includes(each));
      continue;
    }
    const moves = asked.map(({ line, booking }): PlannedMove => {
      const change = putBack(booking, line.before, { by, now });
      return { before: booking, ...change, tell: line.tell, isOverride: true, askedUntil: null };
    });
    const given = others.map(({ line, booking }) => ({
      assignment: assignmentOf(booking),
      to: line.before.advisorId,
    }));
    return { desk, moves, others: [...given, ...moreOthers], refused: noRoom(noPlace) };
  }
}

async function unchangedOthers(stores: Pick<Stores, 'bookings'>, { lines }: StaffOperation): Promise<Found[]> {
  const found: Found[] = [];
  for (const line of lines.filter(({ isAsked }) => !isAsked)) {
    const booking = await stores.bookings.find(line.bookingId);
    if (booking?.version === line.version) found.push({ line, booking });
  }
  return found;
}

/** Makes the mover that insists on the booking's old place, with the advisor of that time. */
function moverBack(desk: Desk, { line: { before }, booking }: Found): Mover {
  const { topicId, language, mode, urgent } = booking;
  return {
    id: booking.id,
    query: resolveQuery(desk, { topicId, language, mode, urgent, advisorId: before.advisorId }, 'staff'),
    start: before.time.start,
    before: { start: booking.time.start, advisorId: booking.advisorId },
    movable: false,
    insists: before,
  };
}

function assignmentOf({ id, advisorId, topicId, language, mode, time, blockedUntil }: Booking) {
  return { id, advisorId, topicId, language, mode, time: { start: time.start, end: blockedUntil }, movable: true };
}

/**
 * Takes back the calls that were to tell of the moves. A client who was not called yet needs no call; one who was needs
 * another.
 */
async function withCalls(
  { tasks }: Pick<Stores, 'tasks'>,
  moves: readonly PlannedMove[],
  { who, now }: MoveAuthor,
): Promise<PlannedMove[]> {
  const told: PlannedMove[] = [];
  for (const move of moves) {
    const isUncalled = await tasks.doneOf(move.booking.id, 'call', nameInTasks(actorOf(who)), now);
    told.push(isUncalled ? { ...move, tell: 'nobody' } : move);
  }
  return told;
}
