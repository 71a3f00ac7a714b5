import { type NthWeekday, parseRule, type Recurrence } from './recurrence';

/**
 * The recurrences that people name in a sentence, each of which is one form of RRULE. Weekdays are ISO (Monday = 1) and
 * ascend; but for a date, a pattern names at least one weekday, day or position.
 */
export type RulePattern =
  /** "every Wednesday", "every second Friday": INTERVAL is counted from the rule's first day. */
  | { readonly kind: 'weekly'; readonly interval: number; readonly weekdays: readonly number[] }
  /** "every Wednesday in odd calendar weeks": ISO weeks, whatever the rule's first day. */
  | { readonly kind: 'calendar_weeks'; readonly weeks: Parity; readonly weekdays: readonly number[] }
  /** "every first and third Wednesday of the month"; -1 is the last. */
  | { readonly kind: 'monthly'; readonly positions: readonly number[]; readonly weekdays: readonly number[] }
  /** "on the 1st and the 15th of each month"; -1 is the last day. */
  | { readonly kind: 'month_days'; readonly days: readonly number[] }
  /** "every 24 December", with weekdays only if it falls on one of them. */
  | {
      readonly kind: 'date';
      readonly month: number;
      readonly day: number;
      readonly weekdays: readonly number[];
    }
  /** Any other rule, which only an RRULE can say. */
  | { readonly kind: 'other'; readonly rrule: string };

type Parity = 'odd' | 'even';

/** The positions of a weekday within a month that can be chosen: first to fifth, and the last. */
export const POSITIONS = [1, 2, 3, 4, 5, -1] as const;

/** RFC 5545 BYWEEKNO knows no parity, so the weeks are named. A year that has no week 53 leaves it out. */
const WEEKS: Readonly<Record<Parity, readonly number[]>> = {
  odd: Array.from({ length: 27 }, (_, i) => 2 * i + 1),
  even: Array.from({ length: 26 }, (_, i) => 2 * i + 2),
};
const WEEKDAY_NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const WHOLE_WEEK = [1, 2, 3, 4, 5, 6, 7];
const ISO_MONDAY = 1;
/** The last day of a month, as BYMONTHDAY counts from its end. */
const LAST_DAY = -1;

/** Writes a pattern as an RRULE (RFC 5545 §3.3.10, without `RRULE:`); `patternOf` reads it as the same pattern. */
export function rruleOf(pattern: RulePattern): string {
  switch (pattern.kind) {
    case 'weekly': {
      const interval = pattern.interval === 1 ? '' : `;INTERVAL=${pattern.interval}`;
      return `FREQ=WEEKLY${interval};BYDAY=${named(pattern.weekdays)}`;
    }
    case 'calendar_weeks':
      return `FREQ=YEARLY;BYWEEKNO=${WEEKS[pattern.weeks].join(',')};BYDAY=${named(pattern.weekdays)}`;
    case 'monthly':
      return `FREQ=MONTHLY;BYDAY=${pattern.positions
        .flatMap((position) => pattern.weekdays.map((weekday) => `${position}${named([weekday])}`))
        .join(',')}`;
    case 'month_days':
      return `FREQ=MONTHLY;BYMONTHDAY=${pattern.days.join(',')}`;
    case 'date':
      return `FREQ=YEARLY;BYMONTH=${pattern.month};BYMONTHDAY=${pattern.day}${
        pattern.weekdays.length > 0 ? `;BYDAY=${named(pattern.weekdays)}` : ''
      }`;
    case 'other':
      return pattern.rrule;
  }
}

function named(weekdays: readonly number[]): string {
  return weekdays.map((weekday) => WEEKDAY_NAMES[weekday - 1]).join(',');
}

/**
 * Recognises the pattern of an RRULE. What the RRULE leaves to its first day (a WEEKLY without BYDAY), and what it ends
 * by itself (COUNT, UNTIL), is kind `other`.
 *
 * @throws DomainError `invalid-rule`
 */
export function patternOf(rrule: string): RulePattern {
  const rule = parseRule(rrule);
  return (isEndless(rule) ? recognised(rule) : undefined) ?? { kind: 'other', rrule };
}

function isEndless({ count, until, bySetPos }: Recurrence): boolean {
  return count === null && until === null && bySetPos.length === 0;
}

function recognised(rule: Recurrence): RulePattern | undefined {
  if (rule.freq === 'DAILY' || rule.freq === 'WEEKLY') return weekly(rule);
  if (rule.freq === 'MONTHLY') return rule.interval === 1 && !rule.byMonth.length ? monthly(rule) : undefined;
  if (rule.interval !== 1) return undefined;
  return rule.byWeekNo.length > 0 ? calendarWeeks(rule) : date(rule);
}

function weekly({ freq, interval, byDay, byMonth, byMonthDay, weekStart }: Recurrence): RulePattern | undefined {
  if (byMonth.length > 0 || byMonthDay.length > 0) return undefined;
  if (freq === 'DAILY')
    return interval === 1
      ? { kind: 'weekly', interval, weekdays: byDay.length ? weekdaysOf(byDay) : WHOLE_WEEK }
      : undefined;
  if (byDay.length === 0 || (interval > 1 && weekStart !== ISO_MONDAY)) return undefined;
  return { kind: 'weekly', interval, weekdays: weekdaysOf(byDay) };
}

function monthly({ byDay, byMonthDay }: Recurrence): RulePattern | undefined {
  if (byMonthDay.length > 0)
    return byDay.length === 0 && byMonthDay.every((day) => day >= LAST_DAY)
      ? { kind: 'month_days', days: byMonthDay }
      : undefined;
  const positions = POSITIONS.filter((position) => byDay.some(({ nth }) => nth === position));
  const weekdays = weekdaysOf(byDay);
  // Only if each of the weekdays is meant at each of the positions.
  if (positions.length === 0 || positions.length * weekdays.length !== byDay.length) return undefined;
  return { kind: 'monthly', positions, weekdays };
}

function calendarWeeks({ byWeekNo, byDay, weekStart }: Recurrence): RulePattern | undefined {
  const weeks = (['odd', 'even'] as const).find((parity) => isSame(WEEKS[parity], byWeekNo));
  return weeks && weekStart === ISO_MONDAY ? { kind: 'calendar_weeks', weeks, weekdays: weekdaysOf(byDay) } : undefined;
}

function date({ byMonth, byMonthDay, byDay }: Recurrence): RulePattern | undefined {
  const [month, day] = [byMonth[0], byMonthDay[0]];
  const isOne = byMonth.length === 1 && byMonthDay.length === 1;
  if (!isOne || month === undefined || day === undefined || day < 0) return undefined;
  return { kind: 'date', month, day, weekdays: weekdaysOf(byDay) };
}

function weekdaysOf(byDay: readonly NthWeekday[]): number[] {
  return WHOLE_WEEK.filter((each) => byDay.some(({ weekday }) => weekday === each));
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
