import { isoWeekday } from './dates';
import type { HoursRule, LocalDate, LocalWindow } from './hours';
import { parseRule, type Recurrence } from './recurrence';
import { joined } from './stretches';

/** Weekdays (ISO, Monday = 1) with the same windows; both lists ascend. */
interface WeekdayHours {
  readonly weekdays: number[];
  /** In the form of `LocalDay.windows`: times count on after midnight. */
  readonly windows: LocalWindow[];
}

/**
 * Summarises the ordinary week of the rules that are valid on day `on`, for sentences such as "Mon–Thu 9–17, Fri 9–12".
 * Weekdays with equal windows form a group, and groups are ordered by their first weekday. Rules that do not hold every
 * week (every second week, one month only, a COUNT) and weekdays without windows are left out; exceptions and holidays
 * play no part.
 *
 * @throws DomainError `invalid-rule`
 */
export function weekPattern(rules: readonly HoursRule[], on: LocalDate): WeekdayHours[] {
  const week = new Map<number, LocalWindow[]>();
  for (const rule of rules)
    for (const weekday of plainWeekdays(rule, on)) week.set(weekday, joined([...(week.get(weekday) ?? []), rule]));

  const groups = new Map<string, WeekdayHours>();
  for (const [weekday, windows] of [...week].sort(([a], [b]) => a - b)) {
    const key = JSON.stringify(windows);
    const group = groups.get(key) ?? { weekdays: [], windows };
    group.weekdays.push(weekday);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function plainWeekdays(rule: HoursRule, on: LocalDate): number[] {
  const recurrence = parseRule(rule.rrule);
  const valid = (rule.from ?? on) <= on && on < (rule.until ?? '9') && on <= (recurrence.until ?? '9');
  if (!valid || !isPlain(recurrence)) return [];
  if (recurrence.byDay.length) return recurrence.byDay.map(({ weekday }) => weekday);
  return recurrence.freq === 'DAILY' ? [1, 2, 3, 4, 5, 6, 7] : [isoWeekday(rule.from ?? '1970-01-01')];
}

function isPlain({ freq, interval, byMonth, byMonthDay, bySetPos, count }: Recurrence): boolean {
  const everyWeek = interval === 1 && (freq === 'DAILY' || freq === 'WEEKLY');
  return everyWeek && !byMonth.length && !byMonthDay.length && !bySetPos.length && count === null;
}
