import type * as RRulePackage from 'rrule';
import { memo } from '../memo';
import { DAY, dayNumber, dayOf, isoWeekday, modulo, weekOf } from './dates';
import type { LocalDate } from './hours';
import type { Frequency, Recurrence } from './ruleText';

/** Is loaded with the first rule, not at the start of the program. */
export const rrule = (): typeof RRulePackage => require('rrule');

/** The length of the longest period, a leap year, in days. */
const LEAP_YEAR_DAYS = 366;

/**
 * Lists the day numbers of a rule, ascending, in every period from the one that contains `from` to at least `to`. It
 * treats INTERVAL as 1 and ignores COUNT and UNTIL. Expansion starts at the period that contains `from`, so a query
 * about 2040 does not walk there from 1970, and the gap that the rrule package walks through before it stops is short.
 *
 * BYSETPOS is applied here and not by the package: the package returns the first day for a position that counts back
 * beyond the set (-3 of two days), and returns a day twice if two positions mean it.
 *
 * @param rule one that names its days (nothing is left to a DTSTART) and occurs at all (`occursEver`); for any other
 *   the package walks until the year 9999
 */
export function daysOfPeriods(rule: Recurrence, from: LocalDate, to: LocalDate): number[] {
  const { bySetPos, byWeekNo } = rule;
  if (byWeekNo.length) return daysOfWeeks(rule, dayNumber(from), dayNumber(to));
  const start = periodStart(rule, from);
  const end = bySetPos.length ? dayOf(dayNumber(to) + LEAP_YEAR_DAYS) : to;
  const days = engine({ ...rule, bySetPos: [] }, start)
    .between(utc(start), utc(end), true)
    .map((date) => date.getTime() / DAY);
  if (!bySetPos.length) return days;

  const sets = new Map<number, number[]>();
  const period = periodOf(rule);
  for (const day of days) {
    const set = sets.get(period(day));
    if (set) set.push(day);
    else sets.set(period(day), [day]);
  }
  return [...sets.values()].flatMap((set) =>
    set.filter((_, i) => bySetPos.includes(i + 1) || bySetPos.includes(i - set.length)),
  );
}

/**
 * Lists the days of [from, to) that fall on the weekdays and in the weeks of the rule. It is counted here because the
 * package is wrong around new year: it puts 2011-01-01 into week 53 although 2010 has 52, and misses days of December
 * for weeks counted from the end.
 */
function daysOfWeeks({ byDay, byWeekNo, weekStart }: Recurrence, from: number, to: number): number[] {
  const weekdays = new Set(byDay.map(({ weekday }) => weekday));
  const days: number[] = [];
  for (let day = from; day < to; day++) {
    if (!weekdays.has(isoWeekday(dayOf(day)))) continue;
    const { week, weeks } = weekOf(day, weekStart);
    if (byWeekNo.includes(week) || byWeekNo.includes(week - weeks - 1)) days.push(day);
  }
  return days;
}

/**
 * Where the search for any occurrence starts. The package stops at the end of 9999, and the 28 years before that
 * contain all 14 kinds of year (leap or not, by first weekday), so a rule that has no occurrence in them has none at
 * all.
 */
const LAST_CYCLE: LocalDate = '9972-01-01';

/**
 * Returns `true` if some day satisfies all parts of the rule. It takes a few milliseconds for any rule that
 * `parseParts` accepts.
 */
export function occursEver(rule: Recurrence): boolean {
  const { freq, byDay, byMonth, byMonthDay, byWeekNo, weekStart } = rule;
  // Every weekday of every week up to the 53rd occurs in some year, and `parseParts` allows no other part beside
  // BYWEEKNO.
  if (byWeekNo.length) return true;
  // The package counts correctly only from the front; a set with a third day also has a third from the end, so the sign
  // is dropped.
  const bySetPos = rule.bySetPos.map(Math.abs);
  return satisfiable(JSON.stringify({ freq, byDay, byMonth, byMonthDay, bySetPos, weekStart }));
}

const satisfiable = memo(500, (parts) => {
  const rule = JSON.parse(parts) as Recurrence;
  let found = false;
  engine(rule, periodStart(rule, LAST_CYCLE)).all(() => {
    found = true;
    return false;
  });
  return found;
});

/** Returns a function from a day number to the number of the period (day, week, month, year) that INTERVAL counts. */
export function periodOf(rule: Recurrence): (day: number) => number {
  const month = (day: number) => Number(dayOf(day).slice(0, 4)) * 12 + Number(dayOf(day).slice(5, 7));
  const by: Record<Frequency, (day: number) => number> = {
    DAILY: (day) => day,
    WEEKLY: (day) => Math.floor((day + 4 - rule.weekStart) / 7),
    MONTHLY: month,
    YEARLY: (day) => Number(dayOf(day).slice(0, 4)),
  };
  return by[rule.freq];
}

// DAILY is expanded as YEARLY, because the package finds the days of a whole year faster. The days are the same: only
// BYSETPOS would make a difference, and it is refused with DAILY.
const ENGINE_FREQ = { DAILY: 'YEARLY', WEEKLY: 'WEEKLY', MONTHLY: 'MONTHLY', YEARLY: 'YEARLY' } as const;

/**
 * Builds the rule of the rrule package. Days are passed in UTC fields and never with a TZID, because with a TZID the
 * package is right only if the process runs in UTC.
 */
function engine(rule: Recurrence, start: LocalDate): RRulePackage.RRule {
  const { RRule, Weekday } = rrule();
  const some = <T>(list: readonly T[]) => (list.length ? [...list] : null);
  return new RRule(
    {
      freq: RRule[ENGINE_FREQ[rule.freq]],
      dtstart: utc(start),
      wkst: rule.weekStart - 1,
      byweekday: some(rule.byDay.map(({ weekday, nth }) => new Weekday(weekday - 1, nth ?? undefined))),
      bymonth: some(rule.byMonth),
      bymonthday: some(rule.byMonthDay),
      bysetpos: some(rule.bySetPos),
    },
    true,
  );
}

function periodStart(rule: Recurrence, date: LocalDate): LocalDate {
  if (rule.freq === 'MONTHLY') return `${date.slice(0, 7)}-01`;
  if (rule.freq === 'WEEKLY') return dayOf(dayNumber(date) - modulo(isoWeekday(date) - rule.weekStart, 7));
  return `${date.slice(0, 4)}-01-01`;
}

function utc(date: LocalDate): Date {
  return new Date(dayNumber(date) * DAY);
}
