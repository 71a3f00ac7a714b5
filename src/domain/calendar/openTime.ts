import { DAY } from './dates';
import type { Hours } from './hours';
import { type Instant, MINUTE, type Minutes } from './interval';
import { openingWindows } from './openingHours';

const STRIDE = 7 * DAY;

/**
 * The first instant by which the desk has been open for `minutes` since `from`: what is asked for on Sunday night with an hour of it is
 * Monday 10:00 where the desk opens at 9, and what is asked for at 9:40 is 10:40. With 0 it is `from` itself.
 *
 * @param limit where looking ends: the answer of a desk that is not open for so long before it
 */
export function afterOpenTime(hours: Hours, from: Instant, minutes: Minutes, limit: Instant): Instant {
  let left = minutes * MINUTE;
  if (left <= 0) return from;
  for (let begin = from; begin < limit; begin += STRIDE) {
    const end = Math.min(begin + STRIDE, limit);
    for (const window of openingWindows(hours, { start: begin, end })) {
      const [opens, closes] = [Math.max(window.start, begin), Math.min(window.end, end)];
      if (left <= closes - opens) return opens + left;
      left -= closes - opens;
    }
  }
  return limit;
}
