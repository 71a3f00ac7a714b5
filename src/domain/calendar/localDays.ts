import type { Text } from '../text';
import { daysBetween, eachDay } from './dates';
import { publicHolidays } from './holidays';
import type { Hours, HoursException, HoursRule, LocalDate, LocalWindow } from './hours';
import { occurrences } from './recurrence';

/** Why a day has no opening: the holiday's name, the exception's reason, or that no rule opens it. */
export type Closed = { readonly kind: 'public_holiday' | 'exception' | 'no_rule'; readonly name: Text };

/** One day as the desk's clock tells it, before it is turned into instants. */
export interface LocalDay {
  readonly date: LocalDate;
  /** What the rules alone would open. Ascending, with a gap between any two; so is `windows`. */
  readonly usual: readonly LocalWindow[];
  readonly windows: readonly LocalWindow[];
  /** What overrides the rules on this day, whether it closes or opens; null if nothing does. */
  readonly override: Closed | null;
}

/**
 * The days of [from, to) after rules, holidays and exceptions. What decides a day, first to last:
 *
 * 1. exceptions that cover it: the shorter one wins, and of the same length a special opening. So a special opening on
 *    one date beats a closure on it, that beats every range, and a closed week inside summer hours is closed, while an
 *    opening of three days inside a closure of two weeks is open;
 * 2. the public holiday;
 * 3. the rules, united.
 *
 * Of several winners, openings are united, and closures give the first one's reason.
 */
export function localDays(hours: Hours, from: LocalDate, to: LocalDate): LocalDay[] {
  const usual = usualWindows(hours.rules, from, to);
  const holidays = hours.holidays ? publicHolidays(hours.holidays, from, to) : new Map<LocalDate, Text>();
  const exceptions = hours.exceptions.filter((e) => e.from < to && from < e.to).sort(shorterFirst);

  return eachDay(from, to).map((date) => {
    const normal = usual.get(date) ?? [];
    const covering = exceptions.filter((e) => e.from <= date && date < e.to);
    const [winner] = covering;
    if (winner) {
      const windows = winner.closed ? [] : joined(covering.filter((e) => same(e, winner)).flatMap((e) => e.windows));
      return { date, usual: normal, windows, override: { kind: 'exception', name: winner.reason } };
    }
    const holiday = holidays.get(date);
    if (holiday) return { date, usual: normal, windows: [], override: { kind: 'public_holiday', name: holiday } };
    return { date, usual: normal, windows: normal, override: null };
  });
}

/** What the rules open on the days of [from, to): only days with windows, these ascending, with a gap between any two. */
export function usualWindows(
  rules: readonly HoursRule[],
  from: LocalDate,
  to: LocalDate,
): ReadonlyMap<LocalDate, LocalWindow[]> {
  const days = new Map<LocalDate, LocalWindow[]>();
  for (const rule of rules)
    for (const date of occurrences(rule, from, to))
      days.set(date, joined([...(days.get(date) ?? []), { start: rule.start, end: rule.end }]));
  return days;
}

/** The same stretches of a day as few windows; those that overlap or touch become one. Local times compare as strings. */
export function joined(windows: readonly LocalWindow[]): LocalWindow[] {
  const result: LocalWindow[] = [];
  for (const next of windows.filter((w) => w.start < w.end).sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = result.at(-1);
    if (last && next.end <= last.end) continue;
    if (last && next.start <= last.end) result[result.length - 1] = { start: last.start, end: next.end };
    else result.push({ start: next.start, end: next.end });
  }
  return result;
}

function shorterFirst(a: HoursException, b: HoursException): number {
  return lengthOf(a) - lengthOf(b) || Number(a.closed) - Number(b.closed);
}

function same(a: HoursException, b: HoursException): boolean {
  return a.closed === b.closed && lengthOf(a) === lengthOf(b);
}

function lengthOf(exception: HoursException): number {
  return daysBetween(exception.from, exception.to);
}
