import { type StaffOperation, undoUntil } from '../../domain/booking/operation';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError, type ErrorCode, type FieldError } from '../../domain/errors';
import { clientNotice } from '../../domain/notifications/policy';
import type { Caller } from '../../domain/staff/caller';
import { assertSeesDesk } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { carryOut } from './carryOut';
import { type MoveLine, type MovePlan, planMoves } from './movePlan';

/** A request to move several bookings of one desk together; two may swap. */
interface MovesRequest {
  readonly deskId: string;
  /** Each booking once. */
  readonly lines: readonly MoveLine[];
  readonly who: Caller;
  /** `true` to return the result without changing anything. */
  readonly dryRun?: boolean | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** The changes that were made, or would be made. */
export interface MovesResult {
  /** The operation, and until when it can be undone; absent if nothing was done. */
  readonly undo?: { readonly id: string; readonly until: Instant };
  /** The results in the order of the lines. `mail` is `true` if the client gets a mail. */
  readonly results: readonly {
    readonly booking: string;
    readonly outcome: 'moved' | 'unchanged';
    readonly mail: boolean;
  }[];
  /** Other bookings that change advisors, with the ids of both advisors. */
  readonly others: readonly { readonly booking: string; readonly from: string; readonly to: string }[];
}

/** Why a booking cannot be moved: it may not move any more, or there is no room at its new place. */
export interface MoveError {
  readonly booking: string;
  readonly code: ErrorCode;
}

type MoveBookings = (request: MovesRequest) => Promise<IdempotentAnswer<MovesResult>>;

/**
 * Moves several bookings in one transaction, as one permutation, so that either all are at their new places or nothing
 * has changed.
 *
 * @throws DomainError `moves-refused` with `errors` (`MoveError[]`), `version-moved-on`, `not-found`, `forbidden`,
 *   `invalid`, also for a line that overrides without a reason
 */
export function moveBookings(deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'>): MoveBookings {
  const { storage, now } = deps;
  return async ({ deskId, lines, who, dryRun, idempotency }) => {
    assertSeesDesk(who, deskId);
    assertReasons(lines);
    const at = now();
    const decide = async (stores: Stores) => {
      const plan = await planMoves(stores, lines, { who, now: at });
      if (plan.desk.id !== deskId) throw new DomainError('not-found');
      assertNoneRefused(plan);
      return plan;
    };
    if (dryRun) return { value: await resultOf(storage, await decide(storage)), replayed: false };
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const plan = await decide(stores);
      // The result is computed before the moves are made, while holds and bookings among the others can still be told
      // apart.
      const result = await resultOf(stores, plan);
      return withUndo(result, await carryOut(deps, stores, plan, { who, now: at }));
    });
  };
}

/** Adds to a result how it can be undone. */
export function withUndo(result: MovesResult, operation: StaffOperation | null): MovesResult {
  return operation ? { undo: { id: operation.id, until: undoUntil(operation) }, ...result } : result;
}

/** @throws DomainError `moves-refused` with `errors` (`MoveError[]`) */
export function assertNoneRefused({ refused }: Pick<MovePlan, 'refused'>): void {
  const errors: MoveError[] = refused.map(({ bookingId, error }) => ({ booking: bookingId, code: error.code }));
  if (errors.length > 0) throw new DomainError('moves-refused', { errors });
}

/** Returns what the plan changes. Holds are left out: they are not bookings yet, and their ids are secret. */
export async function resultOf(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, moves, others }: MovePlan,
): Promise<MovesResult> {
  const changed: MovesResult['others'][number][] = [];
  for (const { assignment, to } of others)
    if (await bookings.find(assignment.id)) changed.push({ booking: assignment.id, from: assignment.advisorId, to });
  return {
    results: moves.map(({ before, booking, event, tell }) => ({
      booking: booking.id,
      outcome: event ? 'moved' : 'unchanged',
      mail:
        event !== null &&
        tell === 'mail' &&
        clientNotice({ type: event.type, booking, before, desk, calendar: true }) !== null,
    })),
    others: changed,
  };
}

function assertReasons(lines: readonly MoveLine[]): void {
  const detail = 'expected with override, so that the history says why';
  const errors = lines.flatMap(({ override, reason }, i): FieldError[] =>
    override && !reason ? [{ pointer: `/moves/${i}/reason`, detail }] : [],
  );
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}
