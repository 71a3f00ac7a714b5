import type { Booking } from '../../../domain/booking/booking';
import { isUpcoming } from '../../../domain/booking/outsideHours';
import { type Instant, subtract } from '../../../domain/calendar/interval';
import { localDate } from '../../../domain/calendar/zone';
import { whyClosed } from '../../pages/hoursView';
import type { Around } from '../day/board/around';
import type { OwnDay } from './load';
import { myDayAddress } from './query';

/** Returns when the advisor works on the day: "09:00–12:00, 13:00–17:00"; undefined: not at all. */
export function spansOf({ column }: OwnDay, { words }: Around): string | undefined {
  const there = column ? subtract(column.windows, column.away) : [];
  return there.map((each) => words.time.span(each)).join(', ') || undefined;
}

/** Returns the end of what is left of the working day; null: they work no more on it. */
export function endOfWork({ column }: Pick<OwnDay, 'column'>, now: Instant): Instant | null {
  const left = column ? subtract(column.windows, [...column.away, { start: 0, end: now }]) : [];
  return left.at(-1)?.end ?? null;
}

/**
 * Says why there is nothing (more) on the day, and when the next consultation is; undefined: there is something to come.
 * Somebody may be booked on a day off, or while they are away: then both are said.
 */
export function emptyText(day: OwnDay, next: Booking | undefined, around: Around) {
  const why = whyEmpty(day, around);
  if (!why) return undefined;
  const { desk, words, today } = around;
  const { date } = day.plan;
  if (!next || date !== today) return { why };
  const then = localDate(next.time.start, desk.hours.timeZone);
  return {
    why,
    next: around.reader.t('myDay.empty.next', { when: words.time.dateAndTime(next.time.start) }),
    href: myDayAddress(desk.id, { date: then, view: 'day' }),
  };
}

function whyEmpty({ plan, column }: OwnDay, { now, today, reader }: Around): string | undefined {
  const { t } = reader;
  if (plan.closed) return whyClosed(plan.closed, 'staff.day.closed', reader);
  if (!column || column.windows.length === 0) return t('myDay.empty.off');
  if (subtract(column.windows, column.away).length === 0) return t('myDay.empty.away');
  const goneHome =
    plan.date === today && endOfWork({ column }, now) === null && column.away.some(({ end }) => end > now);
  if (goneHome) return t('myDay.empty.awayNow');
  const { bookings } = column;
  if (bookings.length === 0) return t(plan.date === today ? 'myDay.empty.today' : 'myDay.empty.day');
  const isOver = plan.date === today && !bookings.some(({ booking }) => isUpcoming(booking, now));
  return isOver ? t('myDay.empty.over') : undefined;
}
