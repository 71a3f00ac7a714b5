import { mulberry32 } from '../../src/demo/random';
import { DAY } from '../../src/domain/calendar/dates';
import type { Interval } from '../../src/domain/calendar/interval';
import { localDate, startOfDay } from '../../src/domain/calendar/zone';
import type { Pair, StandardDesk } from './standardDesk';

/** What a desk is asked: a pair of topic and language, and from which day to which. */
export interface Question {
  readonly desk: StandardDesk;
  readonly pair: Pair;
  readonly range: Interval;
}

/** Ranges of 28 days each, the first from tomorrow, each a day later than the one before. */
const RANGES = 28;
/** With many desks each pair is asked over some of the ranges only, so that the bench ends. */
const MAX_QUESTIONS = 6_000;

/**
 * All that the desks can be asked: every pair of topic and language over 28 ranges. They are more than any program may
 * keep answers to (at one desk of five advisors some 600), and each is another answer.
 */
export function allQuestions(desks: readonly StandardDesk[]): Question[] {
  const pairs = desks.reduce((sum, { pairs: { length } }) => sum + length, 0);
  const ranges = Math.min(RANGES, Math.max(1, Math.floor(MAX_QUESTIONS / pairs)));
  return desks.flatMap((desk) =>
    desk.pairs.flatMap((pair, i) =>
      Array.from({ length: ranges }, (_, k) => ({ desk, pair, range: later(desk, (i + k) % RANGES) })),
    ),
  );
}

/** The desk's own range, so many days later. */
function later({ desk, query: { range } }: StandardDesk, days: number): Interval {
  const { timeZone } = desk.hours;
  // Noon is on the same local day, whatever the clocks do.
  const day = (at: number) => startOfDay(localDate(at + days * DAY + DAY / 2, timeZone), timeZone);
  return { start: day(range.start), end: day(range.end) };
}

/** The same in an order that depends on the seed. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = mulberry32(seed);
  const left = [...list];
  for (let i = left.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [left[i], left[j]] = [left[j] as T, left[i] as T];
  }
  return left;
}
