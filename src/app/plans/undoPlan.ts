import type { AbsencePlan } from '../../domain/booking/absencePlan';
import { assertUndoable } from '../../domain/booking/operation';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayPlanAbsences } from '../../domain/staff/rights';
import { undoWithin } from '../booking/undoMoves';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { flagBookings } from '../hours/flagBookings';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';

interface UndoPlanRequest {
  readonly who: Caller;
  readonly planId: string;
  readonly idempotency?: IdempotencyKey | undefined;
}

type UndoPlan = (request: UndoPlanRequest) => Promise<IdempotentAnswer<AbsencePlan>>;

/**
 * Undoes a plan that was carried out, as a whole: the absences or the closure, the moves, the cancellations and the
 * questions. Undoing twice is the same as once.
 *
 * @throws DomainError `undo-expired`, `moves-refused` with `errors`, `plan-undone` for one that was never carried out,
 *   `not-found`, `forbidden`
 */
export function undoPlan(deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'>): UndoPlan {
  const { storage, now } = deps;
  return async ({ who, planId, idempotency }) => {
    const known = await storage.plans.find(planId);
    if (!known) throw new DomainError('not-found');
    assertMayPlanAbsences(who, known.deskId);
    const author = { who, now: now() };
    const at = { write: storage.write, now: author.now, desk: known.deskId };
    return idempotently(at, idempotency, async (stores) => {
      const plan = (await stores.plans.find(planId)) ?? known;
      if (plan.state === 'undone') return plan;
      if (plan.committedAt === null) throw new DomainError('plan-undone');
      assertUndoable({ at: plan.committedAt }, author.now);
      const before = await deskOf(stores, plan.deskId);
      for (const id of plan.absenceIds) await stores.desks.removeAbsence(id);
      for (const id of plan.exceptionIds) await stores.desks.removeException(plan.deskId, id);
      const operation = plan.operationId && (await stores.operations.find(plan.operationId));
      if (operation) await undoWithin(deps, stores, operation, author);
      for (const { bookingId } of plan.lines) await stores.plans.settle(bookingId);
      const after = await deskOf(stores, plan.deskId);
      await flagBookings(stores, deps, { before, after, range: plan.time, now: author.now });
      const undone: AbsencePlan = { ...plan, state: 'undone' };
      await stores.plans.save(undone);
      return undone;
    });
  };
}
