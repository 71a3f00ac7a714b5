import type { Hours, HoursException, LocalDate, LocalWindow } from '../../../src/domain/calendar/hours';
import type { Interval } from '../../../src/domain/calendar/interval';
import { openingDays } from '../../../src/domain/calendar/openingHours';

export const BERLIN = 'Europe/Berlin';

/** Mon–Thu 9–17, Fri 9–12, closed on the holidays of North Rhine-Westphalia. */
export function hoursWith(exceptions: readonly HoursException[] = [], part: Partial<Hours> = {}): Hours {
  return {
    timeZone: BERLIN,
    holidays: 'DE-NW',
    rules: [
      { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' },
      { rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '12:00' },
    ],
    exceptions,
    ...part,
  };
}

/** Closed in [from, to). */
export function closure(from: LocalDate, to: LocalDate, reason = 'Closure'): HoursException {
  return { id: `closed-${from}-${to}`, from, to, closed: true, windows: [], reason: { en: reason } };
}

/** Open in [from, to) at these times, as `09:00-12:00`. */
export function opening(from: LocalDate, to: LocalDate, ...times: string[]): HoursException {
  return { id: `open-${from}-${to}`, from, to, closed: false, windows: times.map(local), reason: { en: 'Special' } };
}

/** These times off in [from, to), and again by the rule. */
export function pause(from: LocalDate, to: LocalDate, times: string, rrule?: string): HoursException {
  const parts = { closed: false, windows: [], pauses: times.split(' ').map(local), reason: { en: 'Pause' } };
  return { id: `pause-${from}-${to}`, from, to, ...parts, ...(rrule === undefined ? {} : { rrule }) };
}

export function local(times: string): LocalWindow {
  const [start = '', end = ''] = times.split('-');
  return { start, end };
}

/** The windows of one day as UTC clock times, `08:00Z-16:00Z`, or the kind of closure. */
export function onDay(hours: Hours, date: LocalDate): string {
  const [day, ...more] = openingDays(hours, date, nextDay(date));
  if (day?.date !== date || more.length) throw new Error('not one day');
  return day.closed?.kind ?? inUtc(day.windows).join(' ');
}

export function inUtc(intervals: readonly Interval[]): string[] {
  return intervals.map(({ start, end }) => `${clock(start)}-${clock(end)}`);
}

export function clock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)}Z`;
}

export function nextDay(date: LocalDate): LocalDate {
  return new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
