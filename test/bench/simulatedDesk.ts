import { type Instant, type Interval, MINUTE } from '../../src/domain/calendar/interval';
import type { Desk, Topic } from '../../src/domain/desk';
import { aDesk, anAdvisor, aTopic } from '../support/builders';

/** The simulated time: the first 13 weeks of 2027. */
export const QUARTER: Interval = {
  start: Date.parse('2027-01-01T00:00:00+01:00'),
  end: Date.parse('2027-04-02T00:00:00+02:00'),
};

/** The grid of the simulated desk. Every consultation with its buffer occupies a whole number of such steps. */
export const GRID_MS = 30 * MINUTE;

export const RESIDENCE = 'residence';
export const BUSINESS = 'business';
const BOTH = [RESIDENCE, BUSINESS];

/** What each of the advisors speaks and covers. */
const STAFF = [
  { languages: ['de', 'en'], topics: [RESIDENCE] },
  { languages: ['de', 'en'], topics: [RESIDENCE] },
  { languages: ['de', 'en'], topics: [BUSINESS] },
  { languages: ['de', 'en', 'ar'], topics: BOTH },
  { languages: ['de', 'en', 'uk'], topics: BOTH },
  { languages: ['de', 'ar', 'tr'], topics: BOTH },
  { languages: ['de', 'en', 'uk', 'tr'], topics: BOTH },
  { languages: ['en', 'ja'], topics: BOTH },
];

/**
 * The desk of the simulation: in Düsseldorf, with the holidays of NRW, Mon–Thu 9–17, Fri 9–12; eight advisors; residence takes 30 minutes,
 * business 45 and a buffer of 15.
 */
export function simulatedDesk(): Desk {
  return aDesk({
    gridMinutes: GRID_MS / MINUTE,
    topics: [
      aTopic({ id: RESIDENCE, durationMinutes: 30 }),
      aTopic({ id: BUSINESS, durationMinutes: 45, bufferMinutes: 15 }),
    ],
    advisors: STAFF.map((part, i) => anAdvisor({ id: `a${i + 1}`, ...part })),
  });
}

/** Returns for how many steps of the grid a consultation occupies its advisor. */
export function stepsOf({ durationMinutes, bufferMinutes }: Topic): number {
  return ((durationMinutes + bufferMinutes) * MINUTE) / GRID_MS;
}

export function topicOf({ topics }: Desk, topicId: string): Topic {
  const topic = topics.find(({ id }) => id === topicId);
  if (!topic) throw new Error(`no topic ${topicId}`);
  return topic;
}

/** Lists where the steps begin that a consultation occupies. */
export function stepsFrom(start: Instant, steps: number): Instant[] {
  return Array.from({ length: steps }, (_, i) => start + i * GRID_MS);
}

/** Tells whether so many steps from `starts[index]` on lie in one window. @param starts ascending */
export function fitsAt(starts: readonly Instant[], index: number, steps: number): boolean {
  const [first, last] = [starts[index], starts[index + steps - 1]];
  return first !== undefined && last !== undefined && last - first === (steps - 1) * GRID_MS;
}

/** Returns the index of the first start that is not before `at`. @param starts ascending */
export function indexFrom(starts: readonly Instant[], at: Instant): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as Instant) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
