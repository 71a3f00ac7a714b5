import { assertUndoable } from '../../domain/booking/operation';
import { DomainError } from '../../domain/errors';
import { undoWithin } from '../booking/undoMoves';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { flagBookings } from '../hours/flagBookings';
import { keepingVersion } from '../hours/keepVersion';
import { assertSameRules } from './closure';
import { onPlan, type PlanDeed } from './onPlan';

/**
 * Undoes a plan that was carried out, as a whole: the absences or the closure, the moves, the cancellations and the
 * questions. Undoing twice is the same as once.
 *
 * @throws DomainError `undo-expired`, `moves-refused` with `errors`, `plan-undone` for one that was never carried out,
 *   `version-moved-on` (its rules were changed since), `not-found`, `forbidden`
 */
export function undoPlan(deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'>): PlanDeed {
  return (request) =>
    onPlan(deps, request, async (stores, plan, author) => {
      if (plan.state === 'undone') return plan;
      if (plan.committedAt === null) throw new DomainError('plan-undone');
      assertUndoable({ at: plan.committedAt }, author.now);
      const before = await deskOf(stores, plan.deskId);
      await keepingVersion(stores, deps, { ...author, deskId: plan.deskId, what: 'plan_undone' }, async () => {
        for (const id of plan.absenceIds) await stores.desks.removeAbsence(id);
        if (plan.rulesBefore && plan.hours?.rules) {
          assertSameRules(before.hours, plan.hours.rules);
          await stores.desks.replaceOpeningRules(plan.deskId, plan.rulesBefore);
        }
        for (const id of plan.exceptionIds) await stores.desks.removeException(plan.deskId, id);
      });
      const operation = plan.operationId && (await stores.operations.find(plan.operationId));
      if (operation) await undoWithin(deps, stores, operation, author);
      for (const { bookingId } of plan.lines) await stores.plans.settle(bookingId);
      const after = await deskOf(stores, plan.deskId);
      await flagBookings(stores, deps, { before, after, range: plan.time, now: author.now });
      return { ...plan, state: 'undone' };
    });
}
