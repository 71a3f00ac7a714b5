import { DAY } from './dates';
import type { Hours } from './hours';
import { type Instant, MINUTE, type Minutes } from './interval';
import { openingWindows } from './openingHours';

const STRIDE_MS = 7 * DAY;

/**
 * Returns the first instant by which the desk has been open for `minutes` since `from`. Where the desk opens at 9:00,
 * an hour of open time from Sunday night ends on Monday at 10:00, and an hour from 9:40 ends at 10:40. With 0 minutes
 * the result is `from` itself.
 *
 * @param limit where the search ends; also the result if the desk is not open for `minutes` before it
 */
export function afterOpenTime(hours: Hours, from: Instant, minutes: Minutes, limit: Instant): Instant {
  let left = minutes * MINUTE;
  if (left <= 0) return from;
  for (let begin = from; begin < limit; begin += STRIDE_MS) {
    const end = Math.min(begin + STRIDE_MS, limit);
    for (const window of openingWindows(hours, { start: begin, end })) {
      const [opens, closes] = [Math.max(window.start, begin), Math.min(window.end, end)];
      if (left <= closes - opens) return opens + left;
      left -= closes - opens;
    }
  }
  return limit;
}
