import { type AbsencePlan, askedUntil, asOwnLine, isOwnLine, type PlanLine } from '../../domain/booking/absencePlan';
import { type Booking, cancel } from '../../domain/booking/booking';
import { contains, hull, union } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { actorOf } from '../../domain/staff/caller';
import { boundTo } from '../../domain/staff/rights';
import { assertNoneRefused } from '../booking/moveBookings';
import { type MoveAuthor, type MoveLine, type MovePlan, type PlannedMove, planMoves } from '../booking/movePlan';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { flagBookings } from '../hours/flagBookings';
import { keepingVersion } from '../hours/keepVersion';
import type { Stores } from '../ports/storage';
import { settleFlag } from '../staff/settleFlag';
import { assertSameRules, plannedExceptions } from './closure';
import { moveAndAsk, onPlan, type PlanDeed, type PlanRequest } from './onPlan';

/** What the caller wants otherwise than it was proposed. */
export interface ChosenLine extends Pick<PlanLine, 'bookingId' | 'action'> {
  readonly start?: number | undefined;
  readonly advisorId?: string | undefined;
}

interface CommitRequest extends PlanRequest {
  /** Bookings that are not named are treated as proposed. */
  readonly lines: readonly ChosenLine[];
  /** What the clients read whose booking is cancelled. */
  readonly message?: string | null | undefined;
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'>;

/**
 * Carries a plan out in one transaction: the absences or the closure, the moves and cancellations as one operation, the
 * questions to clients, and a task for each booking that somebody has to call about. Committing twice is the same as
 * once. An advisor carries out what stays in their own calendar, see `isOwnLine`; the rest of their bookings is left to
 * reception, which gets a task for each.
 *
 * @throws DomainError `moves-refused` with `errors` (a booking was changed since the proposal, or its place is taken by
 *   now: nothing is done), `plan-undone`, `version-moved-on` (the rules were changed since), `not-found`,
 *   `forbidden`, `invalid`
 */
export function commitPlan(deps: Deps): PlanDeed<CommitRequest> {
  return ({ lines: chosen, message = null, ...request }) =>
    onPlan(deps, request, async (stores, plan, author) => {
      if (plan.state === 'committed') return plan;
      if (plan.state === 'undone') throw new DomainError('plan-undone');
      const whole = { ...plan, lines: ownLines(chosenLines(plan, chosen), chosen, boundTo(author.who)) };
      return keepingVersion(stores, deps, { ...author, deskId: plan.deskId, what: 'plan' }, () =>
        commitWithin(deps, stores, { plan: whole, message }, author),
      );
    });
}

function chosenLines({ lines }: AbsencePlan, chosen: readonly ChosenLine[]): PlanLine[] {
  const isKnown = ({ bookingId }: ChosenLine) => lines.some((line) => line.bookingId === bookingId);
  const errors = chosen.flatMap((line, i): FieldError[] =>
    isKnown(line) ? [] : [{ pointer: `/lines/${i}/booking`, detail: 'is no booking of this plan' }],
  );
  const all = lines.map((line) => {
    const other = chosen.findLast(({ bookingId }) => bookingId === line.bookingId);
    if (!other) return line;
    const { action, start = line.start, advisorId = line.advisorId } = other;
    return { ...line, action, start, advisorId };
  });
  for (const [i, { action, start, bookingId }] of all.entries())
    if ((action === 'move' || action === 'ask') && start === null) {
      const at = chosen.findIndex((each) => each.bookingId === bookingId);
      errors.push({ pointer: `/lines/${at < 0 ? i : at}/start`, detail: 'expected with move and ask' });
    }
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return all;
}

/**
 * Leaves to reception what is proposed and not the caller's to do. @param own the advisor who commits; undefined: they may
 * do everything. @throws DomainError `forbidden` if they have chosen such a thing
 */
function ownLines(
  lines: readonly PlanLine[],
  chosen: readonly ChosenLine[],
  own: string | undefined,
): readonly PlanLine[] {
  if (own === undefined) return lines;
  const isChosen = ({ bookingId }: PlanLine) => chosen.some((each) => each.bookingId === bookingId);
  const reason = "what takes a colleague's time is reception's to decide";
  if (lines.some((line) => isChosen(line) && !isOwnLine(line, own))) throw new DomainError('forbidden', { reason });
  return lines.map((line) => asOwnLine(line, own));
}

async function commitWithin(
  deps: Deps,
  stores: Stores,
  { plan, message }: { plan: AbsencePlan; message: string | null },
  author: MoveAuthor,
): Promise<AbsencePlan> {
  const before = await deskOf(stores, plan.deskId);
  const bookings = await bookingsOf(stores, plan);
  // Those that were cancelled meanwhile need nothing.
  const lines = plan.lines.filter(({ bookingId }) => bookings.get(bookingId)?.status !== 'cancelled');
  assertUnchanged(lines, bookings);

  const added = await addHours(deps, stores, before, plan);
  const moves = await plannedMoves(stores, { desk: before, lines, bookings, message }, author);
  const operationId = await moveAndAsk(deps, stores, moves, author);

  await flag(deps, stores, { before, plan, absences: added.absences, now: author.now });
  for (const { action, bookingId } of lines)
    if (action === 'keep') await settleFlag(stores, bookingId, { by: actorOf(author.who), now: author.now });
  return {
    ...plan,
    lines,
    state: 'committed',
    absenceIds: added.absences.map(({ id }) => id),
    exceptionIds: added.exceptionIds,
    operationId,
    committedAt: author.now,
  };
}

async function bookingsOf(
  { bookings }: Pick<Stores, 'bookings'>,
  { lines }: AbsencePlan,
): Promise<ReadonlyMap<string, Booking>> {
  const found = new Map<string, Booking>();
  for (const { bookingId } of lines) {
    const booking = await bookings.find(bookingId);
    if (booking) found.set(bookingId, booking);
  }
  return found;
}

function assertUnchanged(lines: readonly PlanLine[], bookings: ReadonlyMap<string, Booking>): void {
  const changed = lines.filter(({ bookingId, version }) => bookings.get(bookingId)?.version !== version);
  assertNoneRefused({
    refused: changed.map(({ bookingId }) => ({ bookingId, error: new DomainError('version-moved-on') })),
  });
}

/** Adds the absences, or changes the hours of the desk. If all of them are away all that time already, none is added. */
async function addHours(
  { ids }: Pick<AppDeps, 'ids'>,
  { desks }: Pick<Stores, 'desks'>,
  desk: Desk,
  plan: AbsencePlan,
): Promise<{ absences: Absence[]; exceptionIds: string[] }> {
  const { advisorIds, time, reason, hours } = plan;
  if (advisorIds === null) {
    if (hours?.rules) {
      if (plan.rulesBefore) assertSameRules(desk.hours, plan.rulesBefore);
      await desks.replaceOpeningRules(desk.id, hours.rules);
    }
    const entries = plannedExceptions(desk.hours, plan).map((each) => ({ ...each, id: ids.uuid() }));
    for (const entry of entries) await desks.addException(desk.id, entry, 'staff');
    return { absences: [], exceptionIds: entries.map(({ id }) => id) };
  }
  const there = await desks.enteredAbsences(desk.id, time);
  const isAway = (advisorId: string) =>
    union(there.filter((each) => each.advisorId === advisorId).map((each) => each.time)).some((away) =>
      contains(away, time),
    );
  if (advisorIds.every(isAway)) return { absences: [], exceptionIds: [] };
  const absences = advisorIds.map((advisorId) => ({ id: ids.uuid(), advisorId, time, reason }));
  for (const absence of absences) await desks.addAbsence(desk.id, absence);
  return { absences, exceptionIds: [] };
}

interface Planned {
  readonly desk: Desk;
  readonly lines: readonly PlanLine[];
  readonly bookings: ReadonlyMap<string, Booking>;
  readonly message: string | null;
}

/** Plans the moves and cancellations, by the hours as they are now. @throws DomainError `moves-refused`, `invalid` */
async function plannedMoves(
  stores: Stores,
  { desk, lines, bookings, message }: Planned,
  author: MoveAuthor,
): Promise<MovePlan> {
  const by = actorOf(author.who);
  const moving = lines.flatMap((line) => moveLineOf(line, bookings.get(line.bookingId), author.now) ?? []);
  const planned = moving.length > 0 ? await planMoves(stores, moving, author) : null;
  if (planned) assertNoneRefused(planned);
  const cancelled = lines.flatMap(({ action, bookingId }): PlannedMove[] => {
    const before = action === 'cancel' && bookings.get(bookingId);
    if (!before) return [];
    const change = cancel(before, { by, now: author.now, reason: message });
    return [{ before, ...change, tell: 'mail', isOverride: false, askedUntil: null }];
  });
  return {
    desk: planned?.desk ?? desk,
    moves: [...(planned?.moves ?? []), ...cancelled],
    others: planned?.others ?? [],
    refused: [],
  };
}

function moveLineOf(
  { action, start, advisorId, version }: PlanLine,
  booking: Booking | undefined,
  now: number,
): MoveLine | undefined {
  if (!booking) return undefined;
  const line = { bookingId: booking.id, ifVersion: version, ...(advisorId !== null && { advisorId }) };
  if (action === 'reassign') return { ...line, start: booking.time.start };
  if (start === null || (action !== 'move' && action !== 'ask')) return undefined;
  return { ...line, start, ...(action === 'ask' && { askedUntil: askedUntil(start, now) }) };
}

/** Gives reception a task for each booking that nobody attends now. */
async function flag(
  deps: Pick<AppDeps, 'ids'>,
  stores: Stores,
  { before, plan, absences, now }: { before: Desk; plan: AbsencePlan; absences: readonly Absence[]; now: number },
): Promise<void> {
  const after = await deskOf(stores, plan.deskId);
  const changed = absences.map((absence) => ({ old: null, absence }));
  await flagBookings(stores, deps, { before, after, absences: changed, range: hull([plan.time]), now });
}
