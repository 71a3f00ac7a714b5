import { addDays } from '../calendar/dates';
import { HOUR, type Instant, MINUTE } from '../calendar/interval';
import { localDate, localTime, toInstant } from '../calendar/zone';
import type { Desk, Topic } from '../desk';
import { bookableStarts } from '../slots/freeSlots';
import type { WaitingOffer } from './entry';

/** Whoever reads mail now and then must have time to answer, or the start would only be lost to others. */
const MIN_ANSWER_MS = HOUR;

/** The desk and topic of an offer, and now. */
interface Offering {
  readonly desk: Pick<Desk, 'hours' | 'waitingList'> & Parameters<typeof bookableStarts>[0]['desk'];
  readonly topic: Topic;
  readonly now: Instant;
}

/**
 * Returns when an offer of this start is told and until when it stands: for the time that the desk sets, from when it is
 * told, but no longer than the start can be booked. Null: there is too little time to answer, so that it is better left
 * to all.
 */
export function offerTime(
  start: Instant,
  { desk, topic, now }: Offering,
): Pick<WaitingOffer, 'tellAt' | 'until'> | null {
  const tellAt = toldFrom(desk, now);
  const whole = tellAt + desk.waitingList.offerHours * HOUR;
  const canBeBooked = (at: Instant) =>
    start >= bookableStarts({ desk, now: at }, { topic, audience: 'client' }, { start: 0, end: start + 1 }).start;
  const until = lastMinute(tellAt, whole, canBeBooked);
  return until - tellAt < MIN_ANSWER_MS ? null : { tellAt, until };
}

/** Returns the same for an offer by staff, who judge for themselves whether there is time enough: it ends with the start at the latest. */
export function offerTimeByStaff(
  start: Instant,
  { desk, now }: Omit<Offering, 'topic'>,
): Pick<WaitingOffer, 'tellAt' | 'until'> {
  const tellAt = toldFrom(desk, now);
  return { tellAt, until: Math.min(tellAt + desk.waitingList.offerHours * HOUR, start) };
}

/** Returns now, or when the quiet hours are over in which it is. */
export function toldFrom(
  { hours: { timeZone: zone }, waitingList }: Pick<Desk, 'hours' | 'waitingList'>,
  now: Instant,
): Instant {
  const [from, to] = waitingList.quiet;
  const [date, time] = [localDate(now, zone), localTime(now, zone)];
  const isOverMidnight = from > to;
  if (isOverMidnight && time >= from) return toInstant(addDays(date, 1), to, zone, 'rfc5545');
  const isQuiet = time < to && (isOverMidnight || time >= from);
  return isQuiet ? Math.max(now, toInstant(date, to, zone, 'rfc5545')) : now;
}

/** Returns the last whole minute of the range at which it holds, which it does until some instant; else less than `from`. */
function lastMinute(from: Instant, to: Instant, holds: (at: Instant) => boolean): Instant {
  if (holds(to)) return to;
  let [yes, no] = [-1, (to - from) / MINUTE];
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (holds(from + middle * MINUTE)) yes = middle;
    else no = middle;
  }
  return from + yes * MINUTE;
}
