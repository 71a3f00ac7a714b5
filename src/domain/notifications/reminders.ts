import type { Booking, BookingEvent } from '../booking/booking';
import { minuteOfDay } from '../calendar/dates';
import type { LocalDate, LocalTime } from '../calendar/hours';
import { type Instant, MINUTE } from '../calendar/interval';
import { addDays, eachDay, localTime, toInstant } from '../calendar/zone';

/** A mail that reminds of a consultation, so many calendar days before it, at a time of the desk's clock. */
export interface Reminder {
  /** 0: on the day itself. A desk has at most one reminder for each number, which names it. */
  readonly daysBefore: number;
  readonly at: LocalTime;
}

/** A reminder that goes out later than this was missed, because the program stood still. */
const ON_TIME_MS = 15 * MINUTE;
/** The hours of the desk's clock in which a missed reminder is made up for: nobody is woken by it. */
const MADE_UP_FROM: LocalTime = '08:00';
const MADE_UP_UNTIL: LocalTime = '20:00';

/** A reminder, and when it was to go out. */
interface DueReminder extends Reminder {
  readonly time: Instant;
}

/** Returns the days whose consultations a reminder could be due for, the first of them `today`. */
export function daysToRemindOf(reminders: readonly Reminder[], today: LocalDate): LocalDate[] {
  if (reminders.length === 0) return [];
  return eachDay(today, addDays(today, Math.max(...reminders.map(({ daysBefore }) => daysBefore)) + 1));
}

/**
 * Returns the reminder that is due for the consultations of a day; null: none, or not at this hour. One that was missed
 * is due as long as no later one is, so nobody gets two at once.
 *
 * Days are calendar days of the desk, so a day on which clocks change needs no special case; a time that does not exist
 * or happens twice is read as in rules (RFC 5545 §3.3.5).
 */
export function reminderDueFor(
  date: LocalDate,
  { reminders, timeZone, now }: { reminders: readonly Reminder[]; timeZone: string; now: Instant },
): DueReminder | null {
  const past = reminders
    .map((each) => ({ ...each, time: toInstant(addDays(date, -each.daysBefore), each.at, timeZone, 'rfc5545') }))
    .filter(({ time }) => time <= now)
    .sort((a, b) => a.time - b.time);
  const last = past.at(-1);
  if (!last) return null;
  const isMissed = now - last.time > ON_TIME_MS;
  return isMissed && !isAwake(localTime(now, timeZone)) ? null : last;
}

/**
 * Tells whether the client is reminded of the booking by a reminder of `time`: it is confirmed, lies ahead, and was
 * already at its present time then. Whoever booked or moved it later has just read when it is.
 *
 * @param history oldest first
 */
export function isRemindedOf(
  booking: Booking,
  history: readonly BookingEvent[],
  { time, now }: { time: Instant; now: Instant },
): boolean {
  if (booking.status !== 'confirmed' || booking.source === 'walk_in' || booking.time.start <= now) return false;
  return arrangedAt(booking, history) < time;
}

/** Returns when the booking got its present time. */
function arrangedAt({ time, createdAt }: Booking, history: readonly BookingEvent[]): Instant {
  const arranging = history.findLast(({ type, from }) => {
    if (type === 'moved' || type === 'move_undone') return from?.time.start !== time.start;
    return type === 'booked' || type === 'restored' || type === 'confirmed';
  });
  return arranging?.at ?? createdAt;
}

function isAwake(time: LocalTime): boolean {
  const minute = minuteOfDay(time);
  return minuteOfDay(MADE_UP_FROM) <= minute && minute < minuteOfDay(MADE_UP_UNTIL);
}
