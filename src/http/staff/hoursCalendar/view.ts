import { groupsOf } from '../../../domain/calendar/changeRules';
import { addDays, isoWeekday } from '../../../domain/calendar/dates';
import type { LocalDate } from '../../../domain/calendar/hours';
import { type DayLayers, dayLayers } from '../../../domain/calendar/layers';
import { occurrences } from '../../../domain/calendar/recurrence';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { dayName, monthName, weekdayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { times } from '../../pages/hoursView';
import { ruleSentence } from '../hours/ruleSentence';

interface Facts {
  readonly desk: Desk;
  /** The first day of the year or month. */
  readonly first: LocalDate;
  readonly today: LocalDate;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** What a day of the year is: as usual, closed as usual, a holiday, closed otherwise, open otherwise. */
type DayState = 'open' | 'off' | 'holiday' | 'closed' | 'other';

/** Returns the months of a year with what each day is. */
export function yearView({ desk, first, today }: Facts, { t, locale }: Reader) {
  const year = Number(first.slice(0, 4));
  const days = new Map(dayLayers(desk.hours, first, `${year + 1}-01-01`).map((day) => [day.date, day]));
  return {
    title: t('staff.hoursCalendar.year', { year }),
    back: url(paths.staffHours, { desk: desk.id }),
    ...neighbours(desk, String(year - 1), String(year + 1)),
    weekdays: WEEKDAYS.map((day) => ({ short: weekdayName(locale, day, 'short'), long: weekdayName(locale, day) })),
    legend: (['other', 'closed', 'holiday', 'off'] as const).map((state) => ({
      state,
      text: t(`staff.hoursCalendar.state.${state}`),
    })),
    months: MONTHS.map((month) => {
      const start = `${year}-${String(month).padStart(2, '0')}-01`;
      return {
        name: monthName(locale, month),
        href: url(paths.staffHoursCalendar, { desk: desk.id, period: start.slice(0, 7) }),
        weeks: weeksOf(start).map((week) =>
          week.map((date) => {
            const day = date === null ? undefined : days.get(date);
            if (!day) return null;
            const state = stateOf(day);
            return {
              number: Number(day.date.slice(8)),
              state,
              says: state === 'open' ? undefined : t(`staff.hoursCalendar.state.${state}`),
              isToday: day.date === today,
            };
          }),
        ),
      };
    }),
  };
}

/** Returns the days of a month with their hours, where these come from, and which entries are beaten. */
export function monthView({ desk, first, today }: Facts, reader: Reader, house: Reader) {
  const { t, locale } = reader;
  const next = monthAfter(first);
  return {
    title: monthText(first, locale),
    back: url(paths.staffHoursCalendar, { desk: desk.id, period: first.slice(0, 4) }),
    ...neighbours(desk, addDays(first, -1).slice(0, 7), next.slice(0, 7), (period) => monthText(period, locale)),
    days: dayLayers(desk.hours, first, next).map((day) => ({
      day: dayName(locale, day.date, 'short'),
      isToday: day.date === today,
      state: stateOf(day),
      hours: day.windows.length > 0 ? times(day.windows, house) : t('staff.hours.closed'),
      from: sources(day, desk, reader, house),
      beaten: beatenBy(day, reader),
    })),
  };
}

function neighbours(desk: Desk, before: string, after: string, name = (period: string) => period) {
  const link = (period: string) => ({
    href: url(paths.staffHoursCalendar, { desk: desk.id, period }),
    text: name(period),
  });
  return { before: link(before), after: link(after) };
}

/** "Dezember 2026" */
function monthText(date: string, locale: Reader['locale']): string {
  return `${monthName(locale, Number(date.slice(5, 7)))} ${date.slice(0, 4)}`;
}

function stateOf({ windows, usual, holiday, exceptions }: DayLayers): DayState {
  const isUsual = JSON.stringify(windows) === JSON.stringify(usual);
  if (windows.length > 0) return isUsual ? 'open' : 'other';
  if (holiday && !holiday.isBeaten) return 'holiday';
  return exceptions.some(({ effect }) => effect !== 'beaten') ? 'closed' : 'off';
}

/** Says which layers the hours of a day come from, the one that decides first. */
function sources(day: DayLayers, { hours }: Desk, reader: Reader, house: Reader): string[] {
  const { t, locale } = reader;
  const entered = day.exceptions
    .filter(({ effect }) => effect !== 'beaten')
    .map(({ exception, effect }) =>
      t(`staff.hoursCalendar.${effect}`, { reason: inLanguage(exception.reason, locale) }),
    );
  const isDecided = day.exceptions.some(({ effect }) => effect === 'decides');
  const holiday =
    day.holiday && !day.holiday.isBeaten
      ? [t('staff.hoursCalendar.holiday', { name: inLanguage(day.holiday.name, locale) })]
      : [];
  const rules = groupsOf(hours.rules)
    .filter((group) => occurrences({ rrule: group.rrule, ...spanOf(group) }, day.date, addDays(day.date, 1)).length > 0)
    .map((group) => ruleSentence(group, reader, house));
  return [...entered, ...(isDecided || holiday.length > 0 ? holiday : rules)];
}

function spanOf({ from, until }: { readonly from: LocalDate | undefined; readonly until: LocalDate | undefined }) {
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** Says which entries, or which holiday, have no effect on a day, and what beats them. */
function beatenBy({ exceptions, holiday }: DayLayers, { t, locale }: Reader): string[] {
  const deciding = exceptions.find(({ effect }) => effect === 'decides')?.exception;
  const by = deciding && inLanguage(deciding.reason, locale);
  const beaten = [
    ...exceptions
      .filter(({ effect }) => effect === 'beaten')
      .map(({ exception }) => inLanguage(exception.reason, locale)),
    ...(holiday?.isBeaten ? [inLanguage(holiday.name, locale)] : []),
  ];
  return beaten.map((reason) =>
    by === undefined ? t('staff.hoursCalendar.noEffect', { reason }) : t('staff.hoursCalendar.beaten', { reason, by }),
  );
}

/** Returns the weeks of a month from Monday on; null: the day is of another month. */
function weeksOf(first: LocalDate): (LocalDate | null)[][] {
  const next = monthAfter(first);
  const weeks: (LocalDate | null)[][] = [];
  for (let monday = addDays(first, 1 - isoWeekday(first)); monday < next; monday = addDays(monday, WEEKDAYS.length))
    weeks.push(WEEKDAYS.map((_, i) => addDays(monday, i)).map((date) => (first <= date && date < next ? date : null)));
  return weeks;
}

function monthAfter(first: LocalDate): LocalDate {
  // Every month has a day 31 days after its first at the latest in the next.
  return `${addDays(first, 31).slice(0, 7)}-01`;
}
