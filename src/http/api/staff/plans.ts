import type { z } from 'zod';
import type { MoveError } from '../../../app/booking/moveBookings';
import type { Storage } from '../../../app/ports/storage';
import { type AbsencePlan, countActions, tellOf } from '../../../domain/booking/absencePlan';
import { undoUntil } from '../../../domain/booking/operation';
import { toIso } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { assertMayPlanAbsenceOf } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import { clientLocaleFor, inClientLocales } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { problemOf } from '../../errors';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { staffBookingJson, windowJson } from '../present';
import { wrongField } from '../problems';
import * as schema from '../schemas';
import { exceptionOf } from './exceptions';
import { aboutAll, rulesOf } from './openingRules';
import { seenDesk } from './sight';

/** The operations that plan what becomes of bookings while people are away, and carry that out. */
export function planOperations({
  app,
  storage,
  texts,
  now,
}: Pick<HttpDeps, 'app' | 'storage' | 'texts' | 'now'>): Operation[] {
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffPlans,
        id: 'proposePlan',
        summary: 'Propose what becomes of the bookings of people who are away',
        description:
          'Reception plans for everybody, an advisor for themselves alone. All are matched anew together: somebody else at the same time (`reassign`), or another time that the client is asked about (`ask`), or a call. Nothing changes before `commit`. Plans are kept for a day.',
        body: schema.PlanRequest,
        answer: { status: 201, description: 'The proposal', schema: schema.Plan },
        problems: [409],
      },
      async ({ params, body, idempotency, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        assertMayPlanAbsenceOf(who, desk.id, body.advisors ?? null);
        const { advisors, start = now(), end = now(), kind } = body;
        const reason = body.reason || null;
        const hours = body.hours ? plannedHours(body.hours) : null;
        const absence = {
          advisorIds: advisors ?? null,
          time: { start, end },
          kind,
          reason,
          notice: reason === null ? inClientLocales(texts, 'booking.hours.specially') : { de: reason, en: reason },
          hours,
        };
        const { value, replayed } = await aboutAll(() =>
          app.proposePlan({ who, deskId: desk.id, absence, idempotency }),
        );
        return { body: await planJson(storage, value, desk), replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffPlan,
        id: 'readPlan',
        summary: 'Read a plan',
        answer: { status: 200, description: 'The plan', schema: schema.Plan },
        problems: [403],
      },
      async ({ params, who }) => {
        const { plan, desk } = await seenPlan(storage, who, params.id);
        return { body: await planJson(storage, plan, desk) };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffPlanCommit,
        id: 'commitPlan',
        summary: 'Carry a plan out',
        description:
          'One commit: the absences or the closure, the moves, the cancellations, the questions and the calls. An advisor carries out what stays in their own calendar; the rest is left to reception as `call`. With 409, `errors` say which booking was changed since the proposal, or whose place is taken; nothing is done then. Twice is the same as once.',
        body: schema.PlanCommit,
        answer: { status: 200, description: 'What was done', schema: schema.Plan },
        problems: [409, 412],
      },
      async ({ params, body: { lines = [], message }, idempotency, who }) => {
        const { plan, desk } = await seenPlan(storage, who, params.id);
        for (const [i, { advisor }] of lines.entries())
          if (advisor !== undefined && !desk.advisors.some(({ id }) => id === advisor))
            throw wrongField(`/lines/${i}/advisor`, 'is not an advisor of this desk');
        const chosen = lines.map(({ booking: bookingId, action, start, advisor: advisorId }) => ({
          bookingId,
          action,
          start,
          advisorId,
        }));
        const { value, replayed } = await app
          .commitPlan({ who, planId: plan.id, lines: chosen, message: message || null, idempotency })
          .catch(shown);
        return { body: await planJson(storage, value, desk), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffPlanUndo,
        id: 'undoPlan',
        summary: 'Undo a plan as a whole',
        description: 'Until `undoUntil`. Twice is the same as once.',
        body: schema.NoFields,
        answer: { status: 200, description: 'The plan, undone', schema: schema.Plan },
        problems: [409, 412],
      },
      async ({ params, idempotency, who }) => {
        const { plan, desk } = await seenPlan(storage, who, params.id);
        const { value, replayed } = await app.undoPlan({ who, planId: plan.id, idempotency }).catch(shown);
        return { body: await planJson(storage, value, desk), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffPlanEnd,
        id: 'endAbsence',
        summary: 'End an absence earlier than planned',
        description:
          'They are back at `at`, from which on the time is free again; what was given to others stays there. With the planned end as `at`, an early return is taken back.',
        body: schema.PlanEnd,
        answer: { status: 200, description: 'The plan, with `backAt`', schema: schema.Plan },
        problems: [409],
      },
      async ({ params, body: { at = now(), askBack: asksBack = false }, idempotency, who }) => {
        const { plan, desk } = await seenPlan(storage, who, params.id);
        const { value, replayed } = await app.endAbsence({ who, planId: plan.id, at, asksBack, idempotency });
        return { body: await planJson(storage, value, desk), replayed };
      },
    ),
  ];
}

/** Reads a change of hours. @throws a refusal that names the wrong field */
function plannedHours({ rules, exceptions = [] }: NonNullable<z.output<typeof schema.PlanRequest>['hours']>) {
  return {
    rules: rules ? rulesOf({ rules }) : null,
    exceptions: exceptions.map((entry, i) => exceptionOf(entry, `/hours/exceptions/${i}`)),
  };
}

/** @throws DomainError `not-found`, `forbidden` */
async function seenPlan(
  storage: Pick<Storage, 'plans' | 'desks'>,
  who: SignedIn,
  id: string,
): Promise<{ plan: AbsencePlan; desk: Desk }> {
  const plan = await storage.plans.find(id);
  if (!plan) throw new DomainError('not-found');
  const desk = await seenDesk(storage, who, plan.deskId);
  assertMayPlanAbsenceOf(who, desk.id, plan.advisorIds);
  return { plan, desk };
}

async function planJson(storage: Pick<Storage, 'bookings'>, plan: AbsencePlan, desk: Desk) {
  const { timeZone } = desk.hours;
  const { id, state, advisorIds, time, kind, reason, committedAt, backAt } = plan;
  const found = [];
  for (const line of plan.lines) {
    const booking = await storage.bookings.find(line.bookingId);
    if (booking) found.push({ line, booking, tell: tellOf(line, booking) });
  }
  const mailLanguages: Record<string, number> = {};
  for (const { booking, tell } of found) {
    const language = clientLocaleFor(booking.client.language);
    if (tell === 'mail') mailLanguages[language] = (mailLanguages[language] ?? 0) + 1;
  }
  return {
    id,
    state,
    advisors: advisorIds,
    ...windowJson(time, timeZone),
    kind,
    reason,
    lines: found.map(({ line: { action, advisorId, start }, booking, tell }) => ({
      booking: staffBookingJson(booking, desk),
      action,
      advisor: advisorId,
      start: start === null ? null : toIso(start, timeZone),
      tell,
    })),
    counts: {
      ...countActions(plan.lines),
      mails: found.filter(({ tell }) => tell === 'mail').length,
      mailLanguages,
    },
    ...(state === 'committed' &&
      committedAt !== null && { undoUntil: toIso(undoUntil({ at: committedAt }), timeZone) }),
    ...(backAt !== null && { backAt: toIso(backAt, timeZone) }),
  };
}

/** @throws the refusal, with that of each booking in the API's form */
function shown(error: unknown): never {
  if (!isRefusal(error, 'moves-refused')) throw error;
  const errors = (error.details.errors as readonly MoveError[]).map(({ booking, code }) => ({
    pointer: '',
    booking,
    ...problemOf(code),
  }));
  throw new DomainError(error.code, { errors });
}
