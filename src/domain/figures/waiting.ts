import { groupBy } from '../groupBy';
import { type CountedDays, wholeBlocks } from './blocks';
import { type Month, monthOf } from './months';
import { type FactCount, outcomeOf } from './monthTables';
import { SUPPRESSED_BELOW } from './suppression';

/** The middle of some waits, and what nine of ten do not exceed, in days. */
export interface Waits {
  readonly median: number;
  readonly p90: number;
}

/** How long one waits for a topic in a language; null: fewer than five values. */
export interface WaitingRow {
  readonly topicId: string;
  readonly language: string;
  /** From the booking to its date. */
  readonly bookingDays: Waits | null;
  /** From a day to the first start that was free then. */
  readonly firstFreeDays: Waits | null;
  readonly thirdFreeDays: Waits | null;
}

/** What was free on one day, as a client would have found it. Nothing free counts as the day after the horizon. */
export interface WaitingSample {
  readonly deskId: string;
  readonly date: string;
  readonly topicId: string;
  readonly language: string;
  readonly firstDays: number;
  readonly thirdDays: number;
}

/**
 * Returns the middle value and the ninetieth percentile (nearest rank); null for fewer than five values, because they
 * could be somebody's.
 */
function waitsOf(all: readonly CountedDays[]): Waits | null {
  const sorted = [...all].sort((a, b) => a.days - b.days);
  const size = sorted.reduce((sum, { count }) => sum + count, 0);
  if (size < SUPPRESSED_BELOW) return null;
  const at = (share: number) => {
    let left = Math.ceil(size * share);
    for (const { days, count } of sorted) {
      left -= count;
      if (left <= 0) return days;
    }
    return sorted.at(-1)?.days ?? 0;
  };
  return { median: at(0.5), p90: at(0.9) };
}

/**
 * Returns the waits for each topic and language in some months.
 *
 * The days from booking to date are taken by blocks of months: from each January on, months are put together until they
 * have five values. Only whole blocks count. So two periods never differ by fewer than five values.
 *
 * @param facts all from the January before `from` on, up to `to`
 * @param samples of the months from `from` to `to`
 */
export function waitingRows(
  facts: readonly FactCount[],
  samples: readonly WaitingSample[],
  { from, to }: { readonly from: Month; readonly to: Month },
): WaitingRow[] {
  const key = ({ topicId, language }: { topicId: string; language: string }) => `${topicId}\n${language}`;
  const booked = groupBy(facts.filter(isWait), key);
  const sampled = groupBy(
    samples.filter(({ date }) => from <= monthOf(date) && monthOf(date) <= to),
    key,
  );
  return [...new Set([...booked.keys(), ...sampled.keys()])].sort().flatMap((pair) => {
    const [topicId = '', language = ''] = pair.split('\n');
    const free = sampled.get(pair) ?? [];
    const row = {
      ...{ topicId, language },
      bookingDays: waitsOf(wholeBlocks(booked.get(pair) ?? [], { from, to })),
      firstFreeDays: waitsOf(free.map(({ firstDays }) => ({ days: firstDays, count: 1 }))),
      thirdFreeDays: waitsOf(free.map(({ thirdDays }) => ({ days: thirdDays, count: 1 }))),
    };
    return row.bookingDays || row.firstFreeDays ? [row] : [];
  });
}

/** Whoever came without an appointment has not waited for one; and when an imported one was made is not known. */
function isWait(fact: FactCount): boolean {
  const outcome = outcomeOf(fact);
  return fact.source !== 'walk_in' && fact.source !== 'import' && (outcome === 'held' || outcome === 'missed');
}
