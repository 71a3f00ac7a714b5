import { LONGEST_CONSULTATION_MS } from '../booking/booking';
import type { WindowKind } from '../calendar/hours';
import { type Instant, type Interval, MINUTE, type Minutes, overlaps, union } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { bookableWindows, hoursOfKind, kindsOf } from '../calendar/windowKinds';
import { type Advisor, isCall, type Mode, type Topic } from '../desk';
import { memo } from '../memo';
import { canTake, doesMode } from '../offering';
import type { LanguageTag } from '../text';
import { candidates } from './candidates';
import type { Engagement } from './engagement';
import { bookableStarts, freeSlots, type ResolvedQuery, type Snapshot } from './freeSlots';
import { among } from './roster';
import { fits, worksIn } from './shifts';
import { withoutCapacities, withoutReserves } from './whyNothing';

/**
 * Why a certain advisor cannot take a consultation at a certain start, with what is needed to say it. It is the answer
 * of `whyNothing` for one advisor and one start, in the same order, and says more where one advisor is meant:
 *
 * 1. `topic`, `language`, `mode`, `not-in-mode`: the advisor does not cover the topic, or does not speak the language;
 *    the topic is not offered in the mode; the advisor gives no consultations in it.
 * 2. `past`, `kind`, `closed`, `grid`: the start is over; the desk takes only those without an appointment then, or only
 *    calls; it is closed, or closes (`until`) before the consultation and its buffer would end; no consultation begins
 *    then.
 * 3. `outside-hours`, `away`: the advisor does not work then, or only `until` before it would end; is absent.
 * 4. `reserved`, `rooms`: what is free is kept for others; the desk has no place left for the mode.
 * 5. `taken`, `buffer`: another consultation takes place, which can go to nobody else; only a buffer is in the way, that
 *    of the one before or its own.
 */
export type WhyNot =
  | { readonly why: 'topic'; readonly topicId: string }
  | { readonly why: 'language'; readonly language: LanguageTag }
  | { readonly why: 'mode' | 'not-in-mode'; readonly mode: Mode }
  | { readonly why: 'past' }
  | { readonly why: 'kind'; readonly kind: WindowKind }
  /** `until`: the end of the window in which the start lies; null: it lies in none. */
  | { readonly why: 'closed' | 'outside-hours'; readonly until: Instant | null }
  | { readonly why: 'grid'; readonly gridMinutes: Minutes }
  | { readonly why: 'away'; readonly until: Instant }
  | { readonly why: 'reserved' }
  | { readonly why: 'rooms'; readonly mode: Mode; readonly capacity: number }
  /** `until`: the end of the consultation. `bookingId`: null for a hold, whose id is secret. */
  | { readonly why: 'taken'; readonly until: Instant; readonly bookingId: string | null }
  | { readonly why: 'buffer'; readonly minutes: Minutes };

/** An advisor who is asked about, and the starts: [range.start, range.end). */
export interface AdvisorInRange {
  readonly advisor: Advisor;
  readonly range: Interval;
}

/**
 * Returns a function that says why the advisor cannot take the consultation at a start in the range; null: the advisor
 * can, as `freeSlots` finds. That another booking could exchange places with it plays no part here.
 *
 * @param snapshot without the booking that shall move
 * @param query of staff, and in a certain mode; an advisor whom it names plays no part
 */
export function whyNot(
  snapshot: Snapshot,
  query: ResolvedQuery & { readonly mode: Mode },
  { advisor, range }: AdvisorInRange,
): (start: Instant) => WhyNot | null {
  const never = neverBy(advisor, query);
  if (never) return () => never;

  const { desk, absences } = snapshot;
  const { topic, mode } = query;
  const reach = { start: range.start, end: range.end + LONGEST_CONSULTATION_MS };
  const open = bookableWindows(desk.hours, isCall(mode), reach);
  const works = worksIn(desk, advisor, { open: openingWindows(desk.hours, reach), reach });
  const kindAt = otherKind(snapshot, mode, reach);
  const away = union(absences.filter(({ advisorId }) => advisorId === advisor.id).map(({ time }) => time));
  const shape = { duration: topic.durationMinutes, buffer: topic.bufferMinutes, grid: desk.gridMinutes };
  const onGrid = new Set(candidates(open, shape).map(({ start }) => start));
  const bookable = bookableStarts(snapshot, query, range);
  const capacity = desk.capacities[mode];
  const isFree = freeIf(snapshot, { ...query, advisorId: advisor.id }, range);

  return (start) => {
    const time = { start, end: start + topic.durationMinutes * MINUTE };
    const whole = { start, end: time.end + topic.bufferMinutes * MINUTE };
    if (start < bookable.start) return { why: 'past' };
    const window = open.find((each) => isIn(each, start));
    const kind = window ? null : kindAt(start);
    if (kind) return { why: 'kind', kind };
    if (!window || window.end < whole.end) return { why: 'closed', until: window?.end ?? null };
    if (!onGrid.has(start)) return { why: 'grid', gridMinutes: desk.gridMinutes };
    const working = works.find((each) => isIn(each, start));
    if (!fits(works, whole)) return { why: 'outside-hours', until: working?.end ?? null };
    const absence = away.find((each) => overlaps(each, whole));
    if (absence) return { why: 'away', until: absence.end };

    if (isFree('as it is', start)) return null;
    if (desk.reserves.length > 0 && isFree('without reserves', start)) return { why: 'reserved' };
    const rooms = capacity === undefined ? null : ({ why: 'rooms', mode, capacity } as const);
    if (rooms && isFree('without capacities', start)) return rooms;
    return inTheWay(among(snapshot.diary(advisor.id), whole), time, topic) ?? rooms ?? { why: 'reserved' };
  };
}

/** Returns a function that tells how the desk is reached at a start at which the mode is not booked; null: it is closed. */
function otherKind({ desk: { hours } }: Snapshot, mode: Mode, reach: Interval): (start: Instant) => WindowKind | null {
  const others = kindsOf(hours).filter((kind) => kind === 'walk_in' || (kind === 'phone' && !isCall(mode)));
  const windows = others.map((kind) => ({ kind, open: openingWindows(hoursOfKind(hours, kind), reach) }));
  return (start) => windows.find(({ open }) => open.some((each) => isIn(each, start)))?.kind ?? null;
}

/** Returns what speaks against the advisor at any time. */
function neverBy(advisor: Advisor, { topic, language, mode }: Parameters<typeof whyNot>[1]): WhyNot | null {
  const wanted = { topicId: topic.id, language: null, mode: null };
  if (!canTake(advisor, wanted)) return { why: 'topic', topicId: topic.id };
  if (!canTake(advisor, { ...wanted, language })) return { why: 'language', language };
  if (!topic.modes.includes(mode)) return { why: 'mode', mode };
  return doesMode(advisor, mode) ? null : { why: 'not-in-mode', mode };
}

/** The desk as it is, or without one of its limits. */
const LIMITS = {
  'as it is': (snapshot) => snapshot,
  'without reserves': withoutReserves,
  'without capacities': withoutCapacities,
} as const satisfies Record<string, (snapshot: Snapshot) => Snapshot>;

/** Returns a function that tells whether a start is free under these limits. They are searched when first asked for. */
function freeIf(
  snapshot: Snapshot,
  query: ResolvedQuery,
  range: Interval,
): (limits: keyof typeof LIMITS, start: Instant) => boolean {
  const starts = memo(Object.keys(LIMITS).length, (limits: keyof typeof LIMITS) => {
    const slots = freeSlots(LIMITS[limits](snapshot), query, range, 'best');
    return new Set(slots.map(({ time }) => time.start));
  });
  return (limits, start) => starts(limits).has(start);
}

/**
 * Returns which other consultation, or its buffer, is in the way; null: none.
 *
 * @param engaged what overlaps the consultation or its buffer, ascending
 */
export function inTheWay(engaged: readonly Engagement[], time: Interval, topic: Topic): WhyNot | null {
  const other = engaged.find(({ consultation }) => overlaps(consultation, time));
  if (other) {
    const { id, consultation, heldUntil } = other;
    return { why: 'taken', until: consultation.end, bookingId: heldUntil === null ? id : null };
  }
  const [first] = engaged;
  if (!first) return null;
  const { consultation } = first;
  const isOwn = time.end <= consultation.start;
  return { why: 'buffer', minutes: isOwn ? topic.bufferMinutes : (first.time.end - consultation.end) / MINUTE };
}

function isIn({ start, end }: Interval, at: Instant): boolean {
  return start <= at && at < end;
}
