/** Milliseconds since 1970-01-01T00:00Z; no zone, no local time. */
export type Instant = number;
/** Whole minutes; opening hours and consultations are never finer than this. */
export type Minutes = number;

/** In milliseconds, the unit of an Instant. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Half-open [start, end): `end` is the first instant that is outside (RFC 5545 §3.6.1, DTEND). */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Returns `true` if both share time. Two intervals that only touch do not overlap, because intervals are half-open. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Returns `true` if `inner` lies wholly inside `outer`; equal edges count as inside. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * Returns the shortest interval that covers all intervals, given in any order; without any, an empty interval at 1970.
 */
export function hull(intervals: readonly Interval[]): Interval {
  return intervals.reduce(
    (span, { start, end }) => ({ start: Math.min(span.start, start), end: Math.max(span.end, end) }),
    intervals[0] ?? { start: 0, end: 0 },
  );
}

/**
 * Merges intervals, given in any order, into the fewest that cover the same time: ascending, with a gap between any
 * two. Intervals that touch become one, and empty ones vanish.
 */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((i) => i.start < i.end).sort((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && next.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else merged.push(next);
  }
  return merged;
}

/** Returns the time that is in both. The inputs and the result have the form that `union` returns. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] as Interval;
    const right = b[j] as Interval;
    const start = Math.max(left.start, right.start);
    const end = Math.min(left.end, right.end);
    if (start < end) common.push({ start, end });
    if (left.end < right.end) i++;
    else j++;
  }
  return common;
}

/**
 * Returns the time of `from` that is in none of `taken`. `from` has the form that `union` returns; `taken` may be in
 * any order.
 */
export function subtract(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const holes = union(taken);
  return from.flatMap((whole) => {
    const rest: Interval[] = [];
    let start = whole.start;
    for (const hole of holes) {
      if (hole.end <= start) continue;
      if (hole.start >= whole.end) break;
      if (hole.start > start) rest.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < whole.end) rest.push({ start, end: whole.end });
    return rest;
  });
}
