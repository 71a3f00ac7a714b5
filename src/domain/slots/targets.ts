import { type Instant, type Interval, MINUTE, overlaps } from '../calendar/interval';
import { weekInterval } from '../calendar/zone';
import type { Advisor, Desk, Mode } from '../desk';
import type { AbilityQuery } from '../offering';
import { teamOf } from '../team';
import type { Reassignment } from './assignment';
import { placesUsed } from './capacity';
import type { Engagement } from './engagement';
import { bookableStarts, freeSlots, type ResolvedQuery, type Snapshot } from './freeSlots';
import { type Mover, permutation } from './permutation';
import { among } from './roster';
import { fits } from './shifts';
import { firstFrom } from './startBits';
import { stateOf, type WeekState } from './week';
import { type AdvisorInRange, inTheWay, type WhyNot } from './whyNot';

/**
 * How a booking can come to a place, the gentlest first. `free`: nobody else moves. `handover`: other engagements of
 * that time go to other advisors by themselves. `swap`: another booking takes the time of this one. `override`: nobody
 * sits there, but staff must leave a rule.
 */
export const TARGET_KINDS = ['free', 'handover', 'swap', 'override'] as const;

/** Another booking that moves for a target. */
interface OtherMove {
  readonly bookingId: string;
  /** With a start it is a move that must be asked for together with the first; without, it is made by itself. */
  readonly to: { readonly start?: Instant; readonly advisorId: string };
}

/** A place to which a booking can be moved. */
export interface MoveTarget {
  readonly start: Instant;
  readonly advisorId: string;
  readonly kind: (typeof TARGET_KINDS)[number];
  /** Without holds, whose ids are secret. */
  readonly others: readonly OtherMove[];
  /** The first rule that an override leaves; null for all other kinds. */
  readonly against: WhyNot | null;
}

/** A booking that shall move. */
export interface Moving extends Pick<Mover, 'id' | 'before'> {
  /** Of staff. It names no advisor, because each is asked in turn. */
  readonly query: ResolvedQuery & { readonly mode: Mode };
}

/**
 * Returns the starts at which the advisor can take the booking while no other booking changes its time. They are those
 * that `permutation` accepts for this booking alone.
 *
 * @param snapshot without the booking
 * @returns ascending by start, without the place where the booking is
 */
export function directTargets(snapshot: Snapshot, moving: Moving, { advisor, range }: AdvisorInRange): MoveTarget[] {
  const { query, before } = moving;
  return freeSlots(snapshot, { ...query, advisorId: advisor.id }, range, 'best')
    .filter(({ time }) => !isHere(before, advisor, time.start))
    .map(({ time: { start }, moves }) => ({
      start,
      advisorId: advisor.id,
      kind: moves.length > 0 ? 'handover' : 'free',
      others: handedOver(snapshot, moves),
      against: null,
    }));
}

/**
 * Returns the bookings of the advisor with which the booking could perhaps exchange places: each of the two could have
 * somebody at its new time if all that may go to other advisors did. It asks far less than `swapWith`, and leaves out
 * none that `swapWith` would find.
 *
 * @param snapshot without the booking; it covers the range and the week in which the booking is
 */
export function swapPartners(snapshot: Snapshot, moving: Moving, { advisor, range }: AdvisorInRange): Engagement[] {
  const { desk } = snapshot;
  const { query, before } = moving;
  const bookable = bookableStarts(snapshot, query, range);
  const isAble = teamOf(desk).ableIds({ ...wantedBy(query), advisorId: advisor.id });
  const isOver = before.start < bookableStarts(snapshot, query, { ...range, start: before.start }).start;
  if (isAble.length === 0 || isOver) return [];
  return among(snapshot.diary(advisor.id), bookable).filter((partner) => {
    const { start } = partner.consultation;
    const own = queryOf(desk, partner);
    if (partner.heldUntil !== null || start < bookable.start || !own) return false;
    const place = { advisorId: advisor.id, time: { start, end: start + lengthOf(query) } };
    if (!isThinkable(snapshot, query, place, partner)) return false;
    const time = { start: before.start, end: before.start + lengthOf(own) };
    return teamOf(desk)
      .ableIds(wantedBy(own))
      .some(
        (advisorId) =>
          !(advisorId === place.advisorId && overlaps(place.time, time)) &&
          isThinkable(snapshot, own, { advisorId, time }, partner),
      );
  });
}

interface PlaceInTime {
  readonly advisorId: string;
  /** With the buffer. */
  readonly time: Interval;
}

/**
 * Returns `false` if the consultation certainly cannot be at the place once `leaving` has left: it is no start of the
 * desk, or the advisor does not work, or has an engagement that stays with them.
 */
function isThinkable(
  snapshot: Snapshot,
  { topic }: ResolvedQuery,
  { advisorId, time }: PlaceInTime,
  leaving: Engagement,
) {
  const week = stateOf(snapshot, weekInterval(time.start, snapshot.desk.hours.timeZone));
  const { times } = week.hours.starts(topic);
  return (
    times[firstFrom(times, time.start)]?.start === time.start &&
    fits(week.hours.shift(advisorId), time) &&
    among(snapshot.diary(advisorId), time).every((each) => each.id === leaving.id || mayGiveWay(week, each))
  );
}

function mayGiveWay({ fixedUntil }: WeekState, { movable, time }: Engagement): boolean {
  return movable && time.start >= fixedUntil;
}

/**
 * Returns the exchange of places with the partner, if it is possible: the booking gets the partner's start and advisor,
 * and the partner gets the booking's start with the first of `advisorIds` for whom `permutation` finds room.
 *
 * @param snapshot without the booking
 * @param advisorIds undefined stands for any suitable one
 */
export function swapWith(
  snapshot: Snapshot,
  moving: Moving,
  partner: Engagement,
  advisorIds: readonly (string | undefined)[],
): MoveTarget | null {
  const own = queryOf(snapshot.desk, partner);
  if (!own) return null;
  const { advisorId } = partner;
  const { start } = partner.consultation;
  const mover: Mover = { ...moving, query: { ...moving.query, advisorId }, start, movable: false };
  const exchange = (named: string | undefined) =>
    permutation(snapshot, [
      mover,
      {
        id: partner.id,
        query: { ...own, advisorId: named },
        start: moving.before.start,
        before: { start, advisorId },
        movable: partner.movable,
      },
    ]);
  const isAble = (named: string | undefined) =>
    teamOf(snapshot.desk).ableIds({ ...wantedBy(own), advisorId: named }).length > 0;
  for (const named of advisorIds.filter(isAble)) {
    const found = exchange(named);
    // The booking is placed first, whatever the partner gets.
    if (found.refused.includes(moving.id)) return null;
    const to = found.places.find(({ id }) => id === partner.id)?.advisorId;
    if (to === undefined) continue;
    // The partner's move will be asked for with this advisor, which can have another result.
    const { refused, others } = named === undefined ? exchange(to) : found;
    if (refused.length > 0) continue;
    const first = { bookingId: partner.id, to: { start: moving.before.start, advisorId: to } };
    return { start, advisorId, kind: 'swap', others: [first, ...handedOver(snapshot, others)], against: null };
  }
  return null;
}

/** The rules that staff may leave with a reason. */
const OVERRIDABLE: readonly WhyNot['why'][] = [
  'topic',
  'language',
  'not-in-mode',
  'kind',
  'closed',
  'grid',
  'outside-hours',
  'away',
  'reserved',
];

/**
 * Returns the starts at which the advisor has nothing else to do and the desk has a place, but a rule speaks against the
 * booking that staff may leave. They do not begin before now.
 *
 * @param snapshot without the booking
 * @param starts those that are tried
 * @param against why a start is not free, see `whyNot`
 */
export function overrideTargets(
  snapshot: Snapshot,
  { query, before }: Moving,
  advisor: Advisor,
  { starts, against }: { starts: readonly Instant[]; against: (start: Instant) => WhyNot | null },
): MoveTarget[] {
  return starts.flatMap((start) => {
    if (start < snapshot.now || !query.topic.modes.includes(query.mode) || isHere(before, advisor, start)) return [];
    const rule = against(start);
    if (!rule || !isOverridable(rule) || vacancyLost(snapshot, query, advisor, start)) return [];
    return [{ start, advisorId: advisor.id, kind: 'override', others: [], against: rule }];
  });
}

/** Tells whether staff may leave this rule with a reason. */
export function isOverridable({ why }: WhyNot): boolean {
  return OVERRIDABLE.includes(why);
}

/** Returns what no reason outweighs: the advisor has something else to do, or the desk has no place; null: neither. */
export function vacancyLost(
  { desk, diary }: Pick<Snapshot, 'desk' | 'diary'>,
  { topic, mode, ...query }: Moving['query'],
  { id }: Pick<Advisor, 'id'>,
  start: Instant,
): WhyNot | null {
  const time = { start, end: start + topic.durationMinutes * MINUTE };
  const other = inTheWay(among(diary(id), { start, end: start + lengthOf({ topic, ...query }) }), time, topic);
  if (other) return other;
  const capacity = desk.capacities[mode];
  if (capacity === undefined) return null;
  const engaged = desk.advisors.flatMap((each) => among(diary(each.id), time));
  return placesUsed(engaged, mode, time) >= capacity ? { why: 'rooms', mode, capacity } : null;
}

function isHere(before: Mover['before'], { id }: Advisor, start: Instant): boolean {
  return before.start === start && before.advisorId === id;
}

/** Returns the length of the consultation with its buffer in milliseconds. */
function lengthOf({ topic: { durationMinutes, bufferMinutes } }: ResolvedQuery): number {
  return (durationMinutes + bufferMinutes) * MINUTE;
}

function wantedBy({ topic, language, mode }: Moving['query']): AbilityQuery {
  return { topicId: topic.id, language, mode };
}

/** Returns the query of staff for moving this booking; undefined: the desk does not offer such a consultation any more. */
function queryOf({ topics }: Desk, { topicId, language, mode, urgent }: Engagement): Moving['query'] | undefined {
  const topic = topics.find(({ id }) => id === topicId);
  if (!topic?.modes.includes(mode) || language === null) return undefined;
  return { topic, language, mode, urgent, audience: 'staff' };
}

/** Returns the bookings among those that change advisors. */
function handedOver({ diary }: Snapshot, moves: readonly Reassignment[]): OtherMove[] {
  return moves.flatMap(({ assignment: { id, advisorId }, to }) => {
    const isBooking = diary(advisorId).some((each) => each.id === id && each.heldUntil === null);
    return isBooking ? [{ bookingId: id, to: { advisorId: to } }] : [];
  });
}
