import { assertChangeable, type Booking, isChangeable } from '../../domain/booking/booking';
import { DAY } from '../../domain/calendar/dates';
import { HOUR, hull, type Instant, type Interval } from '../../domain/calendar/interval';
import { addDays, localDate, startOfDay } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Engagement } from '../../domain/slots/engagement';
import type { Snapshot } from '../../domain/slots/freeSlots';
import { MAX_LOOKS_A_WEEK } from '../../domain/slots/looks';
import { afterMoves } from '../../domain/slots/permutation';
import { gridStretches, type RefusedStretch, refusedStretches } from '../../domain/slots/refusedStretches';
import {
  directTargets,
  isOverridable,
  type MoveTarget,
  type Moving,
  overrideTargets,
  swapPartners,
  swapWith,
  vacancyLost,
} from '../../domain/slots/targets';
import { whyNot } from '../../domain/slots/whyNot';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayServeBooking, boundTo } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskIn } from '../desks/deskOf';
import { queryToMove, resolveQuery, suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';
import { type MoveLine, moversOf, planMoves } from './movePlan';

/** A question where a booking can be moved. */
interface TargetsRequest {
  readonly bookingId: string;
  readonly who: Caller;
  /** Starts in [from, to), at most 8 days. Absent: from the beginning of the booking's day, to the end of that day. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** `true` to return also the places where staff must leave a rule. There are many. */
  readonly override?: boolean | undefined;
  /** `true` to return also why no other start is a target. */
  readonly refused?: boolean | undefined;
  /** The only place that is asked about, whether a consultation usually begins then or not; instead of `from` and `to`. */
  readonly place?: { readonly start: Instant; readonly advisorId: string } | undefined;
  /** Moves of other bookings that are to be made together with this one. */
  readonly planned?: readonly MoveLine[] | undefined;
}

/** Where a booking can be moved. */
export interface FoundTargets {
  readonly desk: Desk;
  /** By start, then in the order of the desk's advisors. Each place once, and never the one where the booking is. */
  readonly targets: readonly MoveTarget[];
  /** In the order of the desk's advisors, then by start; empty unless asked for. */
  readonly refused: readonly RefusedStretch[];
}

type FindMoveTargets = (request: TargetsRequest) => Promise<FoundTargets>;

const MAX_DAYS = 8;
/** A client's search asks about all advisors together, this one about each of them. */
const MAX_LOOKS = 10 * MAX_LOOKS_A_WEEK;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/**
 * Finds the places to which staff can move a booking. All but overrides are those that `planMoves` accepts: for a move
 * to the start and advisor of a target, together with a move for each of its `others` that has a start. Targets may be
 * missing only in a week that is so full that the search was cut short (`Looks`).
 *
 * `planned` moves count as made, so that the same holds for all of them together. A place that they make impossible is
 * neither a target nor among the refused.
 *
 * A swap keeps what the other client was promised: a booking that is tied to its advisor changes its time only.
 *
 * @throws DomainError `booking-not-changeable`, `invalid` (`to`), `not-found`, `forbidden`
 */
export function moveTargets({ storage, now, turn }: Deps): FindMoveTargets {
  return async ({ bookingId, who, from, to, place, planned = [], ...wanted }) => {
    const at = now();
    const booking = await storage.bookings.find(bookingId);
    if (!booking) throw new DomainError('not-found');
    assertMayServeBooking(who, booking);
    const by = { by: actorOf(who), now: at };
    assertChangeable(booking, by);
    const of = await storage.snapshot(booking.deskId);
    const desk = await deskIn(of);
    const moving = movingOf(desk, booking);
    const range = place ? { start: place.start, end: place.start + 1 } : rangeOf(desk, booking, { from, to });
    const movers = await moversOf(storage, desk, planned, { who, now: at });
    const bound = boundTo(who);
    const isAsked = (id: string) => (bound === undefined || id === bound) && (!place || id === place.advisorId);
    const advisors = desk.advisors.filter(({ id, retired }) => !retired && isAsked(id));
    const receiversOf = async (partner: Engagement) => {
      // A partner that may move by itself is neither tied nor closed.
      const other = partner.movable ? undefined : await storage.bookings.find(partner.id);
      if (!partner.movable && !(other && isChangeable(other, by))) return [];
      if (bound !== undefined) return [bound];
      return other?.tied ? [partner.advisorId] : [booking.advisorId, undefined];
    };
    const isAboutAll = wanted.override || wanted.refused;
    const scope = {
      desk,
      range: hull([range, nearBy(booking, at), ...movers.map(({ start }) => ({ start, end: start + 1 }))]),
      now: at,
      except: booking.id,
      advisors: isAboutAll ? advisors : suitableFor(desk, moving.query),
      looksAWeek: MAX_LOOKS,
    };
    const { answer } = await readAsNeeded(of, scope, async (before) => {
      const { snapshot, refused } = afterMoves(before, movers);
      const stretches = place ? [range] : gridStretches(desk, range);
      const found = [];
      for (const advisor of advisors) {
        found.push(await targetsWith(snapshot, { ...wanted, moving, advisor, range, stretches, receiversOf }));
        await turn();
      }
      return { found, haveRoom: refused.length === 0 };
    });
    const { found, haveRoom } = answer;
    // Planned moves are placed one by one, in whatever room those before them have left. A place beside them is certain if
    // they were placed just as they will be; else, with another booking that leaves or insists, the whole plan has to tell.
    const isCertain = ({ kind }: MoveTarget) =>
      planned.length === 0 || (haveRoom && (kind === 'free' || kind === 'handover'));
    const isAccepted = async (target: MoveTarget) => {
      await turn();
      const plan = await planMoves(storage, linesWith(planned, booking, target), { who, now: at });
      return plan.refused.length === 0;
    };
    const targets: MoveTarget[] = [];
    for (const target of found.flatMap((each) => each.targets))
      if (isCertain(target) || (await isAccepted(target))) targets.push(target);
    return {
      desk,
      targets: targets.sort((a, b) => a.start - b.start),
      refused: found.flatMap((each) => each.refused),
    };
  };
}

/** Returns the planned lines with those that move the booking to the target, each booking once. */
function linesWith(planned: readonly MoveLine[], { id }: Booking, target: MoveTarget): MoveLine[] {
  const { start, advisorId, kind, others } = target;
  const sent = others.flatMap(({ bookingId, to }) =>
    to.start === undefined ? [] : [{ bookingId, start: to.start, advisorId: to.advisorId }],
  );
  const lines = [{ bookingId: id, start, advisorId, override: kind === 'override' }, ...sent];
  return [...planned.filter(({ bookingId }) => lines.every((line) => line.bookingId !== bookingId)), ...lines];
}

interface Sought extends Pick<TargetsRequest, 'override' | 'refused'> {
  readonly moving: Moving;
  readonly advisor: Advisor;
  readonly range: Interval;
  /** The starts about which is said why they are no targets, or which need an override. */
  readonly stretches: readonly Interval[];
  /** Returns the advisors that the partner of a swap may get, in the order in which they are tried; undefined: any. */
  readonly receiversOf: (partner: Engagement) => Promise<readonly (string | undefined)[]>;
}

/** Finds the targets with one advisor. */
async function targetsWith(
  snapshot: Snapshot,
  { moving, advisor, range, stretches, receiversOf, override, refused }: Sought,
): Promise<Pick<FoundTargets, 'targets' | 'refused'>> {
  const targets = directTargets(snapshot, moving, { advisor, range });
  const open = new Set(targets.map(({ start }) => start));
  for (const partner of swapPartners(snapshot, moving, { advisor, range })) {
    if (open.has(partner.consultation.start)) continue;
    const swap = swapWith(snapshot, moving, partner, await receiversOf(partner));
    if (swap) targets.push(swap);
  }
  if (!override && !refused) return { targets, refused: [] };

  for (const { start } of targets) open.add(start);
  if (moving.before.advisorId === advisor.id) open.add(moving.before.start);
  const against = whyNot(snapshot, moving.query, { advisor, range });
  const closed = stretches.map(({ start }) => start).filter((start) => !open.has(start));
  const overrides = override ? overrideTargets(snapshot, moving, advisor, { starts: closed, against }) : [];
  for (const { start } of overrides) open.add(start);
  // Whoever may leave rules is told what remains in the way.
  const said = (start: Instant) => {
    const rule = against(start);
    return (override && rule && isOverridable(rule) && vacancyLost(snapshot, moving.query, advisor, start)) || rule;
  };
  return {
    targets: [...targets, ...overrides],
    refused: refused ? refusedStretches(stretches, advisor.id, (start) => (open.has(start) ? null : said(start))) : [],
  };
}

function movingOf(desk: Desk, booking: Booking): Moving {
  const { id, mode, time, advisorId } = booking;
  // A mode in which the topic is not offered any more is no error here: nothing is free in it.
  const query = resolveQuery(desk, { ...queryToMove(booking), advisorId: undefined, mode: undefined }, 'staff');
  return { id, query: { ...query, mode }, before: { start: time.start, advisorId } };
}

/** @throws DomainError `invalid` */
function rangeOf(
  { hours: { timeZone } }: Desk,
  { time }: Booking,
  { from, to }: Pick<TargetsRequest, 'from' | 'to'>,
): Interval {
  const start = from ?? startOfDay(localDate(time.start, timeZone), timeZone);
  const end = to ?? startOfDay(addDays(localDate(start, timeZone), 1), timeZone);
  const wrong = (detail: string) => new DomainError('invalid', { errors: [{ pointer: '/to', detail }] });
  if (end < start) throw wrong('expected nothing before `from`, which is the day of the booking if it is absent');
  // The day on which clocks go back has an hour more.
  if (end - start > MAX_DAYS * DAY + HOUR) throw wrong(`expected at most ${MAX_DAYS} days`);
  return { start, end };
}

/** Returns where the booking is, because an exchange also asks about that; or now, if nobody can go there any more. */
function nearBy({ time: { start } }: Booking, now: Instant): Interval {
  const at = Math.max(start, now - DAY);
  return { start: at, end: at + 1 };
}
