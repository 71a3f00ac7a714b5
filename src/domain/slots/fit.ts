import { DAY } from '../calendar/dates';
import { type Instant, type Interval, MINUTE, overlaps } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { bookableWindows } from '../calendar/windowKinds';
import { type Absence, type Advisor, type Desk, isCall, type Mode, type Topic } from '../desk';
import { groupBy } from '../groupBy';
import { lookupLanguage } from '../language';
import { canTake, doesMode } from '../offering';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import { fits, worksIn } from './shifts';

/** A consultation that another system gave to a certain advisor. Its ids are unchecked. */
interface Given {
  readonly advisorId: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: string;
  readonly start: Instant;
}

/** The consultation in terms of the desk's own objects. */
export interface Placed {
  readonly topic: Topic;
  /** The advisor's language tag that matches the given one. */
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly time: Interval;
  /** The end of the buffer. */
  readonly blockedUntil: Instant;
}

/** Hours are computed for so many milliseconds at once, and only where a consultation was given. */
const COMPUTED_HOURS_MS = 28 * DAY;

/**
 * Returns a function that checks whether the desk could have given a consultation: the advisor covers topic,
 * language and mode, and works during consultation and buffer, and both lie wholly inside a window of the desk. Unlike
 * `freeSlots` it ignores grid, lead time, horizon and other bookings (see `occupancy`).
 *
 * @param absences the absences of all times that will be checked
 * @returns the function; its result is the consultation in terms of the desk, or at least one reason why it does not
 *   fit
 */
export function fitChecker(desk: Desk, absences: readonly Absence[]): (given: Given) => Placed | string[] {
  const topics = new Map(desk.topics.map((topic) => [topic.id, topic]));
  const { byId } = teamOf(desk);
  const away = groupBy(absences, ({ advisorId }) => advisorId);
  const hours = hoursOf(desk);

  return (given) => {
    const topic = topics.get(given.topicId);
    const advisor = byId.get(given.advisorId);
    const mode = topic?.modes.find((one) => one === given.mode);
    if (!topic || !advisor || !mode || !canTake(advisor, { topicId: given.topicId, language: given.language, mode }))
      return misfits(given, { topic, advisor });

    const time = { start: given.start, end: given.start + topic.durationMinutes * MINUTE };
    const blockedUntil = time.end + topic.bufferMinutes * MINUTE;
    const whole = { start: time.start, end: blockedUntil };
    if (given.start % MINUTE !== 0) return ['start: expected a whole minute'];
    if (!fits(hours.open(given.start, isCall(mode)), whole))
      return ['start: not wholly inside the opening hours of the desk'];
    if (!fits(hours.of(advisor, given.start), whole))
      return ['start: not wholly inside the working hours of the advisor'];
    if (away.get(advisor.id)?.some((absence) => overlaps(absence.time, whole))) return ['start: the advisor is absent'];
    const language = lookupLanguage(advisor.languages, given.language) ?? given.language;
    return { topic, language, mode, time, blockedUntil };
  };
}

function misfits(
  given: Given,
  { topic, advisor }: { topic: Topic | undefined; advisor: Advisor | undefined },
): string[] {
  const reasons: string[] = [];
  if (!advisor) reasons.push('advisor: is not an advisor of this desk');
  if (!topic) reasons.push('topic: is not a topic of this desk');
  else if (!topic.modes.some((mode) => mode === given.mode)) reasons.push('mode: is not a mode of this topic');
  if (topic && advisor && !advisor.topics.includes(topic.id)) reasons.push('topic: the advisor does not cover it');
  if (advisor && lookupLanguage(advisor.languages, given.language) === undefined)
    reasons.push('language: the advisor does not speak it');
  const mode = topic?.modes.find((one) => one === given.mode);
  if (advisor && mode && !doesMode(advisor, mode)) reasons.push('mode: the advisor does not give consultations in it');
  return reasons;
}

/**
 * Returns the windows of desk and advisors around an instant. They are computed once for each stretch of `COMPUTED_HOURS_MS`
 * milliseconds.
 */
function hoursOf(desk: Desk) {
  interface Stretch {
    readonly range: Interval;
    readonly open: Interval[];
    readonly works: Map<string, readonly Interval[]>;
  }
  const stretches = new Map<number, Stretch>();
  const around = (at: Instant): Stretch => {
    const number = Math.floor(at / COMPUTED_HOURS_MS);
    const range = { start: number * COMPUTED_HOURS_MS, end: (number + 1) * COMPUTED_HOURS_MS };
    const stretch = stretches.get(number) ?? { range, open: openingWindows(desk.hours, range), works: new Map() };
    stretches.set(number, stretch);
    return stretch;
  };
  return {
    open: (at: Instant, isByPhone: boolean) => bookableWindows(desk.hours, isByPhone, around(at).range),
    of(advisor: Advisor, at: Instant) {
      const { open, works, range } = around(at);
      const known = works.get(advisor.id);
      if (known) return known;
      const last = Math.max(range.end, open.at(-1)?.end ?? 0);
      const windows = worksIn(desk, advisor, { open, reach: { start: range.start, end: last } });
      works.set(advisor.id, windows);
      return windows;
    },
  };
}
