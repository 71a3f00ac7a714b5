import { parseRule, type Recurrence } from '../../../src/domain/calendar/recurrence';

const DAY = 86_400_000;

/**
 * The days of a rule by trying each one, written from RFC 5545 §3.3.10 and with neither package. Slow and plain; rules must
 * name their days (BYDAY or BYMONTHDAY), unless they are daily.
 */
export function byDefinition(text: string, anchor: string, from: string, to: string): string[] {
  const rule = parseRule(text);
  const start = Date.parse(`${anchor}T00:00Z`);

  const periods = new Map<number, number[]>();
  // From a year before the anchor, so that BYSETPOS sees whole periods; to the end of the year after the question.
  const last = Date.UTC(Number(to.slice(0, 4)) + 2, 0, 1);
  for (let day = start - 366 * DAY; day < last; day += DAY) {
    const period = periodOf(rule, day);
    if (!fits(rule, day)) continue;
    periods.set(period, [...(periods.get(period) ?? []), day]);
  }

  const first = periodOf(rule, start);
  const days = [...periods]
    .filter(([period]) => period >= first && (period - first) % rule.interval === 0)
    .flatMap(([, all]) => all.filter((_, i) => atPosition(rule, i, all.length)))
    .filter((day) => day >= start)
    .map((day) => new Date(day).toISOString().slice(0, 10))
    .filter((date) => !rule.until || date <= rule.until);
  return days.slice(0, rule.count ?? days.length).filter((date) => from <= date && date < to);
}

function fits(rule: Recurrence, day: number): boolean {
  const date = new Date(day);
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  const inMonth = daysOfMonth(date);
  const { byMonth, byMonthDay, byDay, byWeekNo } = rule;

  if (byWeekNo.length) {
    const { number, of } = weekOf(day, rule.weekStart);
    if (!byWeekNo.includes(number) && !byWeekNo.includes(number - of - 1)) return false;
  }
  if (byMonth.length && !byMonth.includes(month)) return false;
  if (byMonthDay.length && !byMonthDay.includes(dayOfMonth) && !byMonthDay.includes(dayOfMonth - inMonth - 1))
    return false;
  if (!byDay.length) return true;

  // nth counts within the month, or within the year if the rule is yearly and names no month.
  const wholeYear = rule.freq === 'YEARLY' && !byMonth.length;
  const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1);
  const index = wholeYear ? (day - yearStart) / DAY : dayOfMonth - 1;
  const length = wholeYear ? (Date.UTC(date.getUTCFullYear() + 1, 0, 1) - yearStart) / DAY : inMonth;
  const nth = Math.floor(index / 7) + 1;
  const nthFromEnd = -Math.floor((length - 1 - index) / 7) - 1;
  return byDay.some(
    (by) => by.weekday === (date.getUTCDay() || 7) && (by.nth === null || by.nth === nth || by.nth === nthFromEnd),
  );
}

function atPosition({ bySetPos }: Recurrence, index: number, length: number): boolean {
  return !bySetPos.length || bySetPos.includes(index + 1) || bySetPos.includes(index - length);
}

/** Weeks counted one by one from the first that has at least four of its days in the year. */
function weekOf(day: number, weekStart: number): { number: number; of: number } {
  for (const year of [-1, 0, 1].map((n) => new Date(day).getUTCFullYear() + n)) {
    const [start, end] = [firstWeek(year, weekStart), firstWeek(year + 1, weekStart)];
    for (let number = 1, week = start; week < end; number++, week += 7 * DAY)
      if (week <= day && day < week + 7 * DAY) return { number, of: Math.round((end - start) / (7 * DAY)) };
  }
  throw new Error('no week');
}

function firstWeek(year: number, weekStart: number): number {
  let start = Date.UTC(year, 0, 1);
  while ((new Date(start).getUTCDay() || 7) !== weekStart) start -= DAY;
  const inYear = [0, 1, 2, 3, 4, 5, 6].filter((n) => new Date(start + n * DAY).getUTCFullYear() === year).length;
  return inYear >= 4 ? start : start + 7 * DAY;
}

function periodOf({ freq, weekStart }: Recurrence, day: number): number {
  const date = new Date(day);
  if (freq === 'YEARLY') return date.getUTCFullYear();
  if (freq === 'MONTHLY') return date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (freq === 'DAILY') return day / DAY;
  // 1969-12-29 was a Monday.
  return Math.floor((day - Date.UTC(1969, 11, 29 + weekStart - 1)) / (7 * DAY));
}

function daysOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
