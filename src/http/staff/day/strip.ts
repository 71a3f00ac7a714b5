import type { LocalDate } from '../../../domain/calendar/hours';
import { type Interval, intersect, subtract, union } from '../../../domain/calendar/interval';
import { openingDays } from '../../../domain/calendar/openingHours';
import { addDays, isoWeekday } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { weekdayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { AdvisorDay, DayPlan } from './plan';

/** How far the arrows look for a day on which the desk is open; over longer closures they go day by day. */
const MAX_SKIPPED_DAYS = 60;

/** Returns the days of the week on which the desk is open or has bookings, each with how full it is. */
export function stripView(
  week: readonly DayPlan[],
  shown: LocalDate,
  addressOf: (date: LocalDate) => string,
  { locale, t }: Reader,
) {
  return week
    .filter((day) => day.closed === null || day.date === shown || bookingsOn(day).length > 0)
    .map((day) => {
      const percent = loadOf(day);
      const needing = bookingsOn(day).filter(({ needsSomebody }) => needsSomebody).length;
      return {
        date: day.date,
        href: addressOf(day.date),
        name: t('staff.board.weekday', {
          weekday: weekdayName(locale, isoWeekday(day.date), 'short').replace(/\.$/, ''),
          day: Number(day.date.slice(-2)),
        }),
        current: day.date === shown,
        percent: percent === null ? '–' : t('staff.board.percent', { percent }),
        load: t(percent === null ? 'staff.board.shut' : 'staff.board.taken'),
        needs: needing > 0 ? t('staff.day.counts.needs', { count: needing }) : undefined,
      };
    });
}

function bookingsOn({ advisors }: DayPlan) {
  return advisors.flatMap(({ bookings }) => bookings);
}

/** Returns how much of the advisors' time is taken, in whole percent; null: nobody works. */
function loadOf({ advisors }: DayPlan): number | null {
  const works = advisors.map((column) => ({ column, there: subtract(column.windows, column.away) }));
  const all = sum(works.flatMap(({ there }) => there));
  const taken = sum(works.flatMap(({ column, there }) => intersect(there, takenOf(column))));
  return all === 0 ? null : Math.round((100 * taken) / all);
}

function takenOf({ bookings, held }: AdvisorDay): Interval[] {
  return union([
    ...bookings.map(({ booking: { time, blockedUntil } }) => ({ start: time.start, end: blockedUntil })),
    ...held.map(({ time, blockedUntil }) => ({ start: time.start, end: blockedUntil })),
  ]);
}

function sum(stretches: readonly Interval[]): number {
  return stretches.reduce((total, { start, end }) => total + end - start, 0);
}

/** Returns the nearest day before or after this one on which the desk is open. */
export function openDayBeside({ hours }: Pick<Desk, 'hours'>, date: LocalDate, step: -1 | 1): LocalDate {
  const days =
    step === 1
      ? openingDays(hours, addDays(date, 1), addDays(date, 1 + MAX_SKIPPED_DAYS))
      : openingDays(hours, addDays(date, -MAX_SKIPPED_DAYS), date).reverse();
  return days.find(({ windows }) => windows.length > 0)?.date ?? addDays(date, step);
}
