import type { AbsencePlan } from '../../domain/booking/absencePlan';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours, assertMayPlanAbsenceOf } from '../../domain/staff/rights';
import { carryOut } from '../booking/carryOut';
import type { MoveAuthor, MovePlan } from '../booking/movePlan';
import type { AppDeps } from '../deps';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';

/** Which plan a deed is about, and whose deed it is. */
export interface PlanRequest {
  readonly who: Caller;
  readonly planId: string;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** A deed on a plan, which is returned as it stands then. */
export type PlanDeed<Request extends PlanRequest = PlanRequest> = (
  request: Request,
) => Promise<IdempotentAnswer<AbsencePlan>>;

/**
 * Does a deed on a plan in one transaction. A deed that was done already returns the plan as it is.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export async function onPlan(
  { storage, now }: Pick<AppDeps, 'storage' | 'now'>,
  { who, planId, idempotency }: PlanRequest,
  work: (stores: Stores, plan: AbsencePlan, author: MoveAuthor) => Promise<AbsencePlan>,
): Promise<IdempotentAnswer<AbsencePlan>> {
  const known = await storage.plans.find(planId);
  if (!known) throw new DomainError('not-found');
  assertMayPlanAbsenceOf(who, known.deskId, known.advisorIds);
  if (known.hours) assertMayChangeHours(who, known.deskId);
  const author = { who, now: now() };
  return idempotently({ write: storage.write, now: author.now, desk: known.deskId }, idempotency, async (stores) => {
    const plan = (await stores.plans.find(planId)) ?? known;
    const after = await work(stores, plan, author);
    if (after !== plan) await stores.plans.save(after);
    return after;
  });
}

/**
 * Makes the moves, and notes the questions to the clients who are asked whether the new time fits.
 *
 * @returns the id of the operation; null if nothing was changed
 */
export async function moveAndAsk(
  deps: Pick<AppDeps, 'ids' | 'mailFacts'>,
  stores: Stores,
  moves: MovePlan,
  author: MoveAuthor,
): Promise<string | null> {
  const operation = await carryOut(deps, stores, moves, author);
  for (const { booking, askedUntil } of moves.moves)
    if (askedUntil !== null) {
      const { id: bookingId, deskId, version } = booking;
      await stores.plans.ask({ bookingId, deskId, version, until: askedUntil });
    }
  return operation?.id ?? null;
}
