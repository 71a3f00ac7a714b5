import { minuteOfDay } from '../calendar/dates';
import type { LocalDate } from '../calendar/hours';
import type { Instant, Minutes } from '../calendar/interval';
import { daysBetween, localDate, localTime } from '../calendar/zone';

/** In how many weeks advisors usually see a client again. */
export const FOLLOW_UP_WEEKS = [1, 2, 4] as const;
/** A start that is found later than this after the day is no more what was meant by it. */
export const FOLLOW_UP_DAYS = 14;
/** As many other starts are shown, and of one day no more than these. */
const MAX_OTHERS = 5;
const MAX_OF_A_DAY = 2;

/** From which day on a follow-up is wished for, and at a time like that of which start. */
interface FollowUpWish {
  readonly day: LocalDate;
  readonly like: Instant;
  readonly zone: string;
}

/** The start that is proposed, and others in the order in which they are near to what was wished for. */
export interface FollowUpOffer {
  readonly day: LocalDate;
  /** Null: nothing is free. */
  readonly start: Instant | null;
  readonly others: readonly Instant[];
}

/**
 * Chooses the start of a follow-up: on the first day with free starts, the one that is nearest to the time of the
 * consultation before. Of two that are as near, the earlier.
 *
 * @param starts free ones, ascending, none before the day
 */
export function followUpOffer(starts: readonly Instant[], { day, like, zone }: FollowUpWish): FollowUpOffer {
  const minute = minuteAt(like, zone);
  const ranked = starts
    .map((start) => ({
      start,
      days: daysBetween(day, localDate(start, zone)),
      off: Math.abs(minuteAt(start, zone) - minute),
    }))
    .sort((a, b) => a.days - b.days || a.off - b.off || a.start - b.start);
  const [first, ...rest] = ranked;
  const shown = new Map<number, number>();
  const others = rest.filter(({ days }) => {
    const count = shown.get(days) ?? 0;
    shown.set(days, count + 1);
    return count < MAX_OF_A_DAY;
  });
  return { day, start: first?.start ?? null, others: others.slice(0, MAX_OTHERS).map(({ start }) => start) };
}

function minuteAt(at: Instant, zone: string): Minutes {
  return minuteOfDay(localTime(at, zone));
}
