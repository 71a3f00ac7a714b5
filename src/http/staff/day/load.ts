import type { LocalDate } from '../../../domain/calendar/hours';
import { hull, type Instant } from '../../../domain/calendar/interval';
import { addDays, startOfDay } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import { type DayPlan, dayPlan } from './plan';
import { mondayOf } from './query';

const DAYS_PER_WEEK = 7;

/** Whose week is read, and the advisor who reads it, if they are one. */
interface WeekAsked {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly now: Instant;
  readonly ownAdvisorId: string | null;
  /** Whether the day alone is read, because nothing is shown of the week. */
  readonly isDayAlone?: boolean;
}

/**
 * Reads the week of the day, Monday first, with five statements, whatever the number of advisors. The check-ins and
 * the queue are those of `date` alone, because only a board that is at work says since when somebody is here.
 */
export async function loadWeek({ storage }: Pick<HttpDeps, 'storage'>, asked: WeekAsked): Promise<DayPlan[]> {
  const { desk, date, now, isDayAlone = false } = asked;
  const zone = desk.hours.timeZone;
  const [first, count] = isDayAlone ? [date, 1] : [mondayOf(date), DAYS_PER_WEEK];
  const startOf = (day: LocalDate) => startOfDay(day, zone);
  const week = { start: startOf(first), end: startOf(addDays(first, count)) };
  const bookings = await storage.bookings.within(desk.id, week);
  const absences = await storage.desks.absences(desk.id, hull([week, ...bookings.map(({ time }) => time)]));
  const taken = await storage.bookings.busy(desk.id, week, now);
  const day = { start: startOf(date), end: startOf(addDays(date, 1)) };
  const checkIns = await storage.bookings.checkIns(desk.id, day);
  const entries = await storage.queue.within(desk.id, day);
  const queue = new Map(entries.flatMap((entry) => (entry.bookingId === null ? [] : [[entry.bookingId, entry]])));
  const days = Array.from({ length: count }, (_, i) => addDays(first, i));
  return days.map((each) => dayPlan({ ...asked, date: each, bookings, absences, taken, checkIns, queue }));
}
