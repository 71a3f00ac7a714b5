import { type AbsencePlan, askedUntil, type PlanLine } from '../../domain/booking/absencePlan';
import type { OperationLine } from '../../domain/booking/operation';
import type { Instant } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { type MoveAuthor, type MoveLine, planMoves } from '../booking/movePlan';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { flagBookings } from '../hours/flagBookings';
import { keepingVersion } from '../hours/keepVersion';
import type { Stores } from '../ports/storage';
import { closureOf } from './closure';
import { moveAndAsk, onPlan, type PlanDeed, type PlanRequest } from './onPlan';

interface EndRequest extends PlanRequest {
  /** When they are back; a time after the planned end is that end, which takes an early return back. */
  readonly at: Instant;
  /** Whether clients who were given another time are asked if they want to come at the old one after all. */
  readonly asksBack: boolean;
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'>;

/**
 * Ends the absences or the closure of a plan that was carried out at another time than planned: who was ill is back at
 * eleven. The time after it is free again, and tasks about bookings that somebody attends again are closed. What was
 * given to others stays there. The inverse is the same deed with the planned end.
 *
 * @throws DomainError `plan-undone` for a plan that is not carried out, that changes hours otherwise, or whose absence
 *   was entered by another plan; `not-found`, `forbidden`
 */
export function endAbsence(deps: Deps): PlanDeed<EndRequest> {
  return ({ at, asksBack, ...request }) =>
    onPlan(deps, request, async (stores, plan, author) => {
      const isOthers = plan.advisorIds !== null && plan.absenceIds.length === 0;
      if (plan.state !== 'committed' || plan.hours || isOthers) throw new DomainError('plan-undone');
      const { start, end } = plan.time;
      const until = Math.min(Math.max(at, start), end);
      if (until === (plan.backAt ?? end)) return plan;
      const desk = await deskOf(stores, plan.deskId);
      const ended: AbsencePlan = { ...plan, backAt: until === end ? null : until };
      const deed = { ...author, deskId: plan.deskId, what: 'plan_ended' } as const;
      const after = await keepingVersion(stores, deps, deed, () =>
        plan.advisorIds === null
          ? endClosure(deps, stores, ended, { desk, until, now: author.now })
          : endAbsences(deps, stores, ended, { desk, until, now: author.now }),
      );
      if (asksBack && until < end) await askBack(deps, stores, { plan, until }, author);
      return after;
    });
}

interface Ending {
  readonly desk: Desk;
  readonly until: Instant;
  readonly now: Instant;
}

/** Somebody who is back before the absence has begun has none; it is there again if that is taken back. */
async function endAbsences(
  deps: Pick<AppDeps, 'ids'>,
  stores: Stores,
  plan: AbsencePlan,
  { desk, until, now }: Ending,
): Promise<AbsencePlan> {
  const { time, absenceIds, reason, advisorIds } = plan;
  for (const [i, advisorId] of (advisorIds ?? []).entries()) {
    const id = absenceIds[i];
    if (id === undefined) continue;
    const old = (await stores.desks.findAbsence(id))?.absence ?? null;
    // An absence that somebody has removed since is no longer this plan's.
    if (!old && plan.backAt !== null) continue;
    const absence: Absence | null =
      until > time.start ? { id, advisorId, time: { start: time.start, end: until }, reason } : null;
    if (!absence) await stores.desks.removeAbsence(id);
    else if (old) await stores.desks.replaceAbsence(absence);
    else await stores.desks.addAbsence(desk.id, absence);
    await flagBookings(stores, deps, { before: desk, after: desk, absences: [{ old, absence }], range: time, now });
  }
  return plan;
}

async function endClosure(
  deps: Pick<AppDeps, 'ids'>,
  stores: Stores,
  plan: AbsencePlan,
  { desk, until, now }: Ending,
): Promise<AbsencePlan> {
  const { time, notice, exceptionIds } = plan;
  const closed = { start: time.start, end: until };
  const entries =
    until > time.start
      ? closureOf(desk.hours, { time: closed, notice }).map((entry) => ({ ...entry, id: deps.ids.uuid() }))
      : [];
  for (const id of exceptionIds) await stores.desks.removeException(desk.id, id);
  for (const entry of entries) await stores.desks.addException(desk.id, entry, 'staff');
  const after = await deskOf(stores, desk.id);
  await flagBookings(stores, deps, { before: desk, after, range: time, now });
  return { ...plan, exceptionIds: entries.map(({ id }) => id) };
}

/**
 * Asks the clients whose old time is free again, and who have not said that the new one fits. Whose old place is taken by
 * now, and who has no mail address or too little time to answer, keeps the new one.
 */
async function askBack(
  deps: Pick<AppDeps, 'ids' | 'mailFacts'>,
  stores: Stores,
  { plan, until }: { plan: AbsencePlan; until: Instant },
  author: MoveAuthor,
): Promise<void> {
  const operation = plan.operationId && (await stores.operations.find(plan.operationId));
  const lines: MoveLine[] = [];
  for (const line of operation ? operation.lines : []) {
    const planned = plan.lines.find(({ bookingId }) => bookingId === line.bookingId);
    const wayBack = planned && line.before.time.start >= until && (await lineBack(stores, { planned, line }, author));
    if (wayBack) lines.push(wayBack);
  }
  for (let asked = lines; asked.length > 0; ) {
    const moves = await planMoves(stores, asked, author);
    if (moves.refused.length === 0) {
      await moveAndAsk(deps, stores, moves, author);
      return;
    }
    const refused = new Set(moves.refused.map(({ bookingId }) => bookingId));
    asked = asked.filter(({ bookingId }) => !refused.has(bookingId));
  }
}

async function lineBack(
  { bookings, plans }: Pick<Stores, 'bookings' | 'plans'>,
  { planned: { action }, line: { bookingId, version, before } }: { planned: PlanLine; line: OperationLine },
  { now }: MoveAuthor,
): Promise<MoveLine | undefined> {
  const { start } = before.time;
  const [booking, until] = [await bookings.find(bookingId), askedUntil(start, now)];
  const isUndecided = action === 'move' || (action === 'ask' && (await plans.question(bookingId)) !== undefined);
  if (!isUndecided || booking?.version !== version || booking.client.email === null || until === null) return undefined;
  return { bookingId, start, advisorId: before.advisorId, askedUntil: until, ifVersion: version };
}
