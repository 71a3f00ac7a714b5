import { addDays } from '../domain/calendar/dates';
import type { Hours, LocalDate, LocalWindow, WindowKind } from '../domain/calendar/hours';
import { plainWeeks } from '../domain/calendar/series';
import { groupBy } from '../domain/groupBy';

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** The comments by which the notation says how a place is reached; they are in English, as its words are. */
const COMMENTS = {
  appointment: 'by appointment',
  walk_in: 'without an appointment',
  phone: 'by phone only',
} as const satisfies Record<WindowKind, string>;

/**
 * Writes a desk's windows of the days in [from, to) in the notation of OpenStreetMap's `opening_hours` (specification
 * 0.7.4), on one line: the ordinary week, then each date that differs, as a later rule overrides an earlier one. Where a desk has
 * windows of several kinds, each kind has a rule of its own with a comment, added to the one before by a comma.
 */
export function openingHoursOsm(hours: Hours, from: LocalDate, to: LocalDate): string {
  const { weeks, others } = plainWeeks(hours, from, to);
  const isOne = weeks.length === 1;
  const usual = weeks.flatMap(({ from: first, to: end, week }) => {
    const span = isOne ? '' : `${dates(first, addDays(end, -1))} `;
    if (week.length === 0) return isOne ? [] : [`${span}off`];
    return week.map(({ weekdays, windows }) => opened(`${span}${weekdaysText(weekdays)}`, windows));
  });
  const different = together(others).map(({ first, last, windows }) =>
    windows.length === 0 ? `${dates(first, last)} off` : opened(dates(first, last), windows),
  );
  const rules = [...usual, ...different];
  return rules.length === 0 ? 'off' : rules.join('; ');
}

interface Days {
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly windows: readonly LocalWindow[];
}

/** Joins days that follow each other and have the same windows. */
function together(days: readonly { readonly date: LocalDate; readonly windows: readonly LocalWindow[] }[]): Days[] {
  const result: Days[] = [];
  for (const { date, windows } of days) {
    const before = result.at(-1);
    if (before && addDays(before.last, 1) === date && JSON.stringify(before.windows) === JSON.stringify(windows))
      result[result.length - 1] = { ...before, last: date };
    else result.push({ first: date, last: date, windows });
  }
  return result;
}

function dates(first: LocalDate, last: LocalDate): string {
  return first === last ? day(first) : `${day(first)}-${day(last)}`;
}

function day(date: LocalDate): string {
  const [year = '', month = '', of = ''] = date.split('-');
  return `${year} ${MONTHS[Number(month) - 1]} ${of}`;
}

/** Returns "Mo-Th", "Mo,We,Fr". */
function weekdaysText(weekdays: readonly number[]): string {
  const names = (some: readonly number[]) => some.map((weekday) => WEEKDAYS[weekday - 1]);
  const [first = 1, last = 1] = [weekdays[0], weekdays.at(-1)];
  return weekdays.length > 2 && last - first === weekdays.length - 1
    ? names([first, last]).join('-')
    : names(weekdays).join(',');
}

/** Returns "Mo-Th 09:00-17:00", "Mo 09:00-12:00 open "by phone only", Mo 13:00-17:00 open "by appointment"". */
function opened(days: string, windows: readonly LocalWindow[]): string {
  const kinds = [...groupBy(windows, ({ kind }) => kind)];
  return kinds.map(([kind, own]) => `${days} ${times(own)}${kind ? ` open "${COMMENTS[kind]}"` : ''}`).join(', ');
}

function times(windows: readonly LocalWindow[]): string {
  return windows.map(({ start, end }) => `${start}-${end}`).join(',');
}
