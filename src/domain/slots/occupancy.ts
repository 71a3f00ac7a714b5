import { type Instant, type Interval, overlaps } from '../calendar/interval';

/** Who is taken when, for thousands of questions. */
export interface Occupancy<T> {
  /** What takes the advisor at any moment of `time`; undefined: they are free. */
  find(advisorId: string, time: Interval): T | undefined;
  /** @param time the buffer included; free, as `find` says */
  take(advisorId: string, time: Interval, by: T): void;
}

interface Entry<T> {
  readonly time: Interval;
  readonly by: T;
}

/** Nobody is taken yet. Since no two times of one advisor overlap, they are kept by start and each question meets two neighbours at most. */
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

/** Index of the first entry that starts at `start` or later. @param entries ascending by start */
export function firstFrom(entries: readonly { readonly time: Interval }[], start: Instant): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.time.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
