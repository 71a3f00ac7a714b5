import type { Actor } from '../../domain/booking/booking';
import { DomainError, type ErrorCode } from '../../domain/errors';
import { clientNotice } from '../../domain/notifications/policy';
import type { AppDeps } from '../deps';
import { type Answer, type IdempotencyKey, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { carryOut, type MoveLine, type MovePlan, planMoves } from './movePlan';

/** Several bookings of one desk that move at once; two may swap. */
export interface MovesRequest {
  readonly deskId: string;
  /** Each booking once. */
  readonly lines: readonly MoveLine[];
  readonly by: Actor;
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** What was done, or would be. */
export interface MovesResult {
  /** In the order of the lines. `mail`: whether the client is mailed. */
  readonly results: readonly {
    readonly booking: string;
    readonly outcome: 'moved' | 'unchanged';
    readonly mail: boolean;
  }[];
  /** Other bookings that change their advisor, in ids of advisors. */
  readonly others: readonly { readonly booking: string; readonly from: string; readonly to: string }[];
}

/** Why a line cannot be done: a booking that cannot move any more, or no room where it is to be. */
export interface MoveError {
  readonly booking: string;
  readonly code: ErrorCode;
}

export type MoveBookings = (request: MovesRequest) => Promise<Answer<MovesResult>>;

/**
 * Moves several bookings in one transaction, as one permutation: all of them are at their new places, or nothing has changed at all.
 *
 * @throws DomainError `moves-refused` with `errors` (`MoveError[]`), `version-moved-on`, `not-found`, `invalid`
 */
export function moveBookings({
  storage,
  now,
  writeMails,
}: Pick<AppDeps, 'storage' | 'now' | 'writeMails'>): MoveBookings {
  return async ({ deskId, lines, by, dryRun, idempotency }) => {
    const at = now();
    const decide = async (stores: Stores) => {
      const plan = await planMoves(stores, lines, { by, now: at });
      if (plan.desk.id !== deskId) throw new DomainError('not-found');
      if (plan.refused.length > 0) throw new DomainError('moves-refused', { errors: errorsOf(plan) });
      return plan;
    };
    if (dryRun) return { value: await resultOf(storage, await decide(storage)), replayed: false };
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const plan = await decide(stores);
      // Before it is done, since then nobody knows any more which of the others are bookings of clients.
      const result = await resultOf(stores, plan);
      await carryOut(stores, plan, { by, now: at, writeMails });
      return result;
    });
  };
}

function errorsOf({ refused }: MovePlan): MoveError[] {
  return refused.map(({ bookingId, error }) => ({ booking: bookingId, code: error.code }));
}

async function resultOf(
  { bookings }: Pick<Stores, 'bookings'>,
  { desk, moves, others }: MovePlan,
): Promise<MovesResult> {
  const changed: MovesResult['others'][number][] = [];
  // A hold is nobody's booking yet, and its id is a secret.
  for (const { engagement, to } of others)
    if (await bookings.find(engagement.id)) changed.push({ booking: engagement.id, from: engagement.advisorId, to });
  return {
    results: moves.map(({ before, booking, event }) => ({
      booking: booking.id,
      outcome: event ? 'moved' : 'unchanged',
      mail: event !== null && clientNotice({ type: event.type, booking, before, desk, calendar: true }) !== null,
    })),
    others: changed,
  };
}
