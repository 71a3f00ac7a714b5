import { type Instant, type Interval, overlaps } from '../calendar/interval';

/** The times at which advisors are occupied, in a form that answers thousands of lookups quickly. */
export interface Occupancy<T> {
  /** Returns the entry that overlaps `time`, or undefined if the advisor is free. */
  find(advisorId: string, time: Interval): T | undefined;
  /** Adds an entry. @param time includes the buffer; `find` must have returned undefined for it */
  take(advisorId: string, time: Interval, by: T): void;
}

interface Entry<T> {
  readonly time: Interval;
  readonly by: T;
}

/**
 * Makes an empty occupancy. No two entries of one advisor overlap, so they are sorted by start and a lookup compares
 * two neighbours at most.
 */
export function occupancy<T>(): Occupancy<T> {
  const advisors = new Map<string, Entry<T>[]>();
  return {
    find(advisorId, time) {
      const entries = advisors.get(advisorId) ?? [];
      const next = firstFrom(entries, time.start);
      return [entries[next - 1], entries[next]].find((entry) => entry && overlaps(entry.time, time))?.by;
    },
    take(advisorId, time, by) {
      const entries = advisors.get(advisorId) ?? [];
      entries.splice(firstFrom(entries, time.start), 0, { time, by });
      advisors.set(advisorId, entries);
    },
  };
}

/** Returns the index of the first entry that starts at `start` or later. @param entries ascending by start */
export function firstFrom(entries: readonly { readonly time: Interval }[], start: Instant): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.time.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
