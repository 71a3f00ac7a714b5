import { type Instant, type Interval, intersect, MINUTE, overlaps, subtract } from '../calendar/interval';
import { openingWindows, workingWindows } from '../calendar/openingHours';
import { candidates } from '../calendar/slots';
import { addDays, localDate, startOfDay, weekInterval } from '../calendar/zone';
import type { Absence, Advisor, Desk, Mode, Topic } from '../desk';
import { groupBy } from '../groupBy';
import type { LanguageTag } from '../text';

/** What somebody asks for. */
export interface Question {
  readonly topic: Topic;
  readonly language: LanguageTag;
  /** Absent: any mode in which the topic is offered. */
  readonly mode?: Mode | undefined;
  /** Only this advisor; absent: any who is suitable. */
  readonly advisorId?: string | undefined;
  /** Clients keep to lead time and horizon; staff book what is free, from the slot that is running now. */
  readonly audience: 'client' | 'staff';
}

/** A time in which an advisor is taken, its buffer included. */
export interface Taken {
  readonly advisorId: string;
  readonly time: Interval;
}

/** Everything that an answer depends on, at one moment. */
export interface Situation {
  readonly desk: Desk;
  readonly absences: readonly Absence[];
  /** Bookings and live holds; they must cover the whole ISO weeks that the range touches, for the load. */
  readonly taken: readonly Taken[];
  readonly now: Instant;
}

/** A slot, and who could take it, best first. Never empty. */
export interface Offer {
  readonly time: Interval;
  /** End of the buffer. */
  readonly blockedUntil: Instant;
  readonly advisors: readonly Advisor[];
}

/**
 * The one answer to "what is free?": the search shows these, and a booking is taken only if its start is among them.
 *
 * A start is offered if it lies on the desk's grid, and one suitable advisor (language, topic, the wish for a person) is free
 * for consultation and buffer, which lie wholly inside a window of the desk and of the advisor, outside absences.
 *
 * Who gets it: the least flexible first, that is who can take the fewest pairs of language and topic, so that those who can
 * take much stay free for what only they can; then who has the fewest minutes in that ISO week; then by id, so that
 * the same question always has the same answer.
 *
 * @param range starts in [range.start, range.end); ends may lie beyond
 * @returns ascending by start
 */
export function offers(situation: Situation, question: Question, range: Interval): Offer[] {
  const suitable = situation.desk.advisors.filter((advisor) => suits(advisor, question));
  if (suitable.length === 0 || (question.mode && !question.topic.modes.includes(question.mode))) return [];

  const bookable = bookableStarts(situation, question, range);
  const lasting = lengthOf(question.topic);
  // Windows are not clipped: the grid counts from a window's own start, wherever the range begins.
  const open = openingWindows(situation.desk.hours, { start: bookable.start, end: bookable.end + lasting.blocked });
  const starts = candidates(open, lasting.grid(situation.desk)).filter(
    ({ start }) => bookable.start <= start && start < bookable.end,
  );
  if (starts.length === 0) return [];

  const reach = { start: starts[0]?.start ?? 0, end: (starts.at(-1)?.start ?? 0) + lasting.blocked };
  const takenOf = groupBy(situation.taken, (taken) => taken.advisorId);
  const calendars = suitable.map((advisor) => ({
    advisor,
    free: freeTime(situation, advisor, takenOf.get(advisor.id) ?? [], { open, reach }),
  }));
  const rank = ranking(situation, suitable);

  return starts.flatMap((time) => {
    const blockedUntil = time.start + lasting.blocked;
    const free = calendars.filter((c) => fits(c.free, { start: time.start, end: blockedUntil })).map((c) => c.advisor);
    return free.length === 0 ? [] : [{ time, blockedUntil, advisors: free.sort(rank(time.start)) }];
  });
}

/** The starts a client may book: beyond the lead time, inside the horizon, whose last day counts whole. */
export function bookableStarts(
  { desk, now }: Pick<Situation, 'desk' | 'now'>,
  question: Pick<Question, 'topic' | 'audience'>,
  range: Interval,
): Interval {
  if (question.audience === 'staff')
    return { start: Math.max(range.start, now - desk.gridMinutes * MINUTE + 1), end: range.end };
  const zone = desk.hours.timeZone;
  const lead = (question.topic.leadTimeMinutes ?? desk.leadTimeMinutes) * MINUTE;
  const lastDay = addDays(localDate(now, zone), question.topic.horizonDays ?? desk.horizonDays);
  return { start: Math.max(range.start, now + lead), end: Math.min(range.end, startOfDay(addDays(lastDay, 1), zone)) };
}

/** Whether this advisor could ever take it: topic, language and the wish for a person, whatever the time. */
export function suits(
  advisor: Advisor,
  { topic, language, advisorId }: Pick<Question, 'topic' | 'language' | 'advisorId'>,
): boolean {
  return (
    advisor.topics.includes(topic.id) &&
    advisor.languages.includes(language) &&
    (advisorId === undefined || advisor.id === advisorId)
  );
}

function lengthOf(topic: Topic) {
  return {
    blocked: (topic.durationMinutes + topic.bufferMinutes) * MINUTE,
    grid: (desk: Desk) => ({ duration: topic.durationMinutes, buffer: topic.bufferMinutes, grid: desk.gridMinutes }),
  };
}

/** When the advisor could take something, as disjoint ascending stretches inside the desk's windows. */
function freeTime(
  { desk, absences }: Situation,
  advisor: Advisor,
  taken: readonly Taken[],
  { open, reach }: { open: readonly Interval[]; reach: Interval },
): Interval[] {
  const works = worksIn(desk, advisor, { open, reach });
  const away = absences.filter((absence) => absence.advisorId === advisor.id).map((absence) => absence.time);
  const busy = taken.map(({ time }) => time).filter((time) => overlaps(time, reach));
  return subtract(works, [...away, ...busy]);
}

/**
 * When the advisor is at work inside the desk's windows, absences aside.
 *
 * @param open the desk's windows, ascending and disjoint
 * @param reach all of the time that `open` is asked about
 */
export function worksIn(
  desk: Desk,
  advisor: Advisor,
  { open, reach }: { open: readonly Interval[]; reach: Interval },
): readonly Interval[] {
  if (advisor.workingRules.length === 0) return open;
  return intersect(open, workingWindows(advisor.workingRules, desk.hours.timeZone, reach));
}

/** Whether `wanted` lies wholly inside one of the stretches. */
export function fits(free: readonly Interval[], wanted: Interval): boolean {
  return free.some((stretch) => stretch.start <= wanted.start && wanted.end <= stretch.end);
}

function ranking({ desk, taken }: Situation, suitable: readonly Advisor[]) {
  const flexibility = new Map(
    suitable.map((advisor) => [advisor.id, advisor.languages.length * advisor.topics.length]),
  );
  const loads = new Map<Instant, ReadonlyMap<string, number>>();
  const loadOf = (start: Instant) => {
    const week = weekInterval(start, desk.hours.timeZone);
    let load = loads.get(week.start);
    if (!load) {
      load = timeTakenIn(week, taken);
      loads.set(week.start, load);
    }
    return load;
  };
  return (start: Instant) => {
    const load = loadOf(start);
    return (a: Advisor, b: Advisor) =>
      (flexibility.get(a.id) ?? 0) - (flexibility.get(b.id) ?? 0) ||
      (load.get(a.id) ?? 0) - (load.get(b.id) ?? 0) ||
      (a.id < b.id ? -1 : 1);
  };
}

function timeTakenIn(week: Interval, taken: readonly Taken[]): ReadonlyMap<string, number> {
  const load = new Map<string, number>();
  for (const { advisorId, time } of taken)
    if (overlaps(time, week)) load.set(advisorId, (load.get(advisorId) ?? 0) + time.end - time.start);
  return load;
}
