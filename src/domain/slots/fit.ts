import { DAY } from '../calendar/dates';
import { type Instant, type Interval, MINUTE, overlaps } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { type Absence, type Advisor, canTake, type Desk, type Mode, type Topic } from '../desk';
import { groupBy } from '../groupBy';
import { lookupLanguage } from '../language';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import { fits, worksIn } from './roster';

/** A consultation that was given elsewhere, to a certain advisor. Ids as they came from outside. */
export interface Given {
  readonly advisorId: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: string;
  readonly start: Instant;
}

/** Where it has its place, in the desk's own words. */
export interface Placed {
  readonly topic: Topic;
  /** As the advisor speaks it. */
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly time: Interval;
  /** End of the buffer. */
  readonly blockedUntil: Instant;
}

/** Hours are worked out for this long at once, and only where something was given. */
const STRETCH = 28 * DAY;

/**
 * Whether the desk could have given the same: its advisor covers topic and language, and is at work for consultation and buffer,
 * which lie wholly inside a window of the desk. Unlike `offers` it keeps to no grid, lead time or horizon, and knows of nothing that
 * is taken (see `occupancy`).
 *
 * @param absences of all times that will be asked about
 * @returns for each question the place, or all reasons (what of it does not fit, and why), at least one
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
    if (!topic || !advisor || !mode || !canTake(advisor, { topicId: given.topicId, language: given.language }))
      return misfits(given, { topic, advisor });

    const time = { start: given.start, end: given.start + topic.durationMinutes * MINUTE };
    const blockedUntil = time.end + topic.bufferMinutes * MINUTE;
    const whole = { start: time.start, end: blockedUntil };
    if (given.start % MINUTE !== 0) return ['start: expected a whole minute'];
    if (!fits(hours.open(given.start), whole)) return ['start: not wholly inside the opening hours of the desk'];
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
  return reasons;
}

/** Windows around an instant: worked out once for each stretch of time, of the desk and of each advisor. */
function hoursOf(desk: Desk) {
  const stretches = new Map<number, { open: Interval[]; works: Map<string, readonly Interval[]> }>();
  const around = (at: Instant) => {
    const number = Math.floor(at / STRETCH);
    const range = { start: number * STRETCH, end: (number + 1) * STRETCH };
    let stretch = stretches.get(number);
    if (!stretch) {
      stretch = { open: openingWindows(desk.hours, range), works: new Map() };
      stretches.set(number, stretch);
    }
    return { ...stretch, range };
  };
  return {
    open: (at: Instant) => around(at).open,
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
