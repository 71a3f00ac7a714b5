import {
  type AbsencePlan,
  type PlanLine,
  type PlannedAbsence,
  type PlannedHours,
  proposedLine,
} from '../../domain/booking/absencePlan';
import type { Booking } from '../../domain/booking/booking';
import { isUpcoming } from '../../domain/booking/outsideHours';
import { DAY } from '../../domain/calendar/dates';
import { hull, type Instant, overlaps } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError, type FieldError, isRefusal } from '../../domain/errors';
import { type Snapshot, withDiaries } from '../../domain/slots/freeSlots';
import { type Mover, type Permutation, permutation } from '../../domain/slots/permutation';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours, assertMayPlanAbsenceOf } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { proposedHours } from '../hours/previewHours';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { queryToMove, resolveQuery, suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';
import { plannedExceptions } from './closure';

interface ProposalRequest {
  readonly who: Caller;
  readonly deskId: string;
  readonly absence: PlannedAbsence;
  readonly idempotency?: IdempotencyKey | undefined;
}

type ProposePlan = (request: ProposalRequest) => Promise<IdempotentAnswer<AbsencePlan>>;

/** How far behind the old start another one is looked for. */
const LOOKED_FOR_MS = 14 * DAY;
/** The longest absence that is planned at once. */
const LONGEST_ABSENCE_MS = 62 * DAY;

/**
 * Proposes what becomes of the bookings of people who are away, or that a change of hours would leave outside. All of
 * them are matched anew together: whoever can have somebody else at the same time gets that, then the others get the next
 * time that is free. Nothing is changed but that the plan is stored.
 *
 * @throws DomainError `not-found`, `forbidden`, `invalid`; `invalid-rule`, `no-effect` for hours
 */
export function proposePlan({ storage, now, ids }: Pick<AppDeps, 'storage' | 'now' | 'ids'>): ProposePlan {
  return async ({ who, deskId, absence, idempotency }) => {
    assertMayPlanAbsenceOf(who, deskId, absence.advisorIds);
    if (absence.hours) assertMayChangeHours(who, deskId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const desk = await deskOf(stores, deskId);
      if (!absence.hours) assertPlannable(desk, absence, at);
      return proposed(stores, desk, absence, { id: ids.uuid(), now: at });
    });
  };
}

/**
 * Proposes a plan in the transaction of its caller, and stores it. The absence may be of any length; a change of hours
 * lasts from the first of its bookings to the last.
 */
export async function proposed(
  stores: Stores,
  desk: Desk,
  absence: PlannedAbsence,
  { id, now }: { id: string; now: Instant },
): Promise<AbsencePlan> {
  const touched = await touchedBy(stores, desk, absence, now);
  const plan: AbsencePlan = {
    ...absence,
    ...(absence.hours && { time: hull([...touched.map(({ time }) => time), { start: now, end: now + 1 }]) }),
    id,
    deskId: desk.id,
    state: 'proposed',
    lines: await proposedLines(stores, desk, { absence, touched, now }),
    absenceIds: [],
    exceptionIds: [],
    rulesBefore: absence.hours?.rules ? desk.hours.rules : null,
    operationId: null,
    createdAt: now,
    committedAt: null,
    backAt: null,
  };
  await stores.plans.save(plan);
  return plan;
}

function assertPlannable({ advisors }: Desk, { advisorIds, time }: PlannedAbsence, now: Instant): void {
  const errors: FieldError[] = [];
  const isThere = (id: string) => advisors.some((each) => each.id === id && !each.retired);
  for (const [i, id] of (advisorIds ?? []).entries())
    if (!isThere(id)) errors.push({ pointer: `/advisors/${i}`, detail: 'is not an advisor of this desk' });
  if (advisorIds?.length === 0) errors.push({ pointer: '/advisors', detail: 'expected at least one advisor' });
  if (time.end <= time.start) errors.push({ pointer: '/end', detail: 'expected a time after the start' });
  else if (time.end <= now) errors.push({ pointer: '/end', detail: 'expected a time that is not over' });
  else if (time.end - time.start > LONGEST_ABSENCE_MS)
    errors.push({ pointer: '/end', detail: 'expected at most 62 days after the start' });
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}

/** Returns the bookings that are to take place while nobody is there for them, by start. */
async function touchedBy(
  stores: Pick<Stores, 'bookings' | 'desks' | 'hoursVersions'>,
  desk: Desk,
  { advisorIds, time, hours }: PlannedAbsence,
  now: Instant,
): Promise<readonly Booking[]> {
  if (hours) return affectedBy(stores, desk, hours, now);
  const { bookings } = stores;
  const within = await bookings.within(desk.id, time);
  return within.filter(
    (each) =>
      isUpcoming(each, now) && overlaps(each.time, time) && (!advisorIds || advisorIds.includes(each.advisorId)),
  );
}

/** Returns the bookings that a change of hours would leave outside. @throws DomainError `no-effect`, `invalid-rule` */
async function affectedBy(
  stores: Pick<Stores, 'bookings' | 'desks' | 'hoursVersions'>,
  desk: Desk,
  { rules, exceptions }: PlannedHours,
  now: Instant,
): Promise<readonly Booking[]> {
  const proposal = { rules: rules ?? undefined, exceptions: { add: exceptions, remove: [] } };
  const { affected, because } = await proposedHours(stores, desk, proposal, now);
  if (because[0]) throw new DomainError('no-effect', { beatenBy: because[0].beatenBy });
  return affected;
}

async function proposedLines(
  stores: Pick<Stores, 'bookings' | 'desks' | 'snapshot'>,
  desk: Desk,
  { absence, touched, now }: { absence: PlannedAbsence; touched: readonly Booking[]; now: Instant },
): Promise<PlanLine[]> {
  const movers = touched.flatMap((booking) => moverOf(desk, booking) ?? []);
  const { places } = await placesWithout(stores, desk, absence, movers, now);
  return touched.map((booking) =>
    proposedLine(
      booking,
      places.find(({ id }) => id === booking.id),
      now,
    ),
  );
}

/** Makes the mover of a booking; undefined if the desk no longer has its topic or mode. */
function moverOf(desk: Desk, booking: Booking): Mover | undefined {
  try {
    const { start } = booking.time;
    return {
      id: booking.id,
      query: resolveQuery(desk, queryToMove(booking), 'staff'),
      start,
      before: { start, advisorId: booking.advisorId },
      movable: !booking.tied,
      orElse: { start: start + 1, end: start + LOOKED_FOR_MS },
    };
  } catch (error) {
    if (isRefusal(error, 'invalid')) return undefined;
    throw error;
  }
}

/** Finds the places as they would be if the absence held. */
async function placesWithout(
  stores: Pick<Stores, 'snapshot'>,
  desk: Desk,
  absence: PlannedAbsence,
  movers: readonly Mover[],
  now: Instant,
): Promise<Permutation> {
  if (movers.length === 0) return { places: [], others: [], refused: [] };
  const range = hull(movers.flatMap(({ start, orElse }) => [{ start, end: start + 1 }, orElse ?? []].flat()));
  const advisors = new Set(movers.flatMap(({ query }) => suitableFor(desk, query)));
  const scope = { desk, range, now, advisors: [...advisors], looksAWeek: Number.POSITIVE_INFINITY };
  const find = (snapshot: Snapshot) => permutation(withAbsence(snapshot, absence), movers);
  return (await readAsNeeded(await stores.snapshot(desk.id), scope, find)).answer;
}

/** Returns the snapshot as it would be if the absence held, with the engagements of now. */
function withAbsence(snapshot: Snapshot, absence: PlannedAbsence): Snapshot {
  const { desk, absences, diary } = snapshot;
  const { advisorIds, time } = absence;
  const { hours } = desk;
  const alone = withDiaries(snapshot, diary);
  if (advisorIds === null) {
    const exceptions = [...hours.exceptions, ...plannedExceptions(hours, absence)];
    const rules = absence.hours?.rules ?? hours.rules;
    return { ...alone, desk: { ...desk, hours: { ...hours, rules, exceptions } } };
  }
  const away = advisorIds.map((advisorId) => ({ id: `planned ${advisorId}`, advisorId, time, reason: null }));
  return { ...alone, absences: [...absences, ...away] };
}
