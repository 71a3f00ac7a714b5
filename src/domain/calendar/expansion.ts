import { RRule, Weekday } from 'rrule';
import { memo } from '../memo';
import { DAY, dayNumber, dayOf, isoWeekday, modulo, weekOf } from './dates';
import type { LocalDate } from './hours';
import type { Frequency, Recurrence } from './ruleText';

/** No period is longer. */
const LEAP_YEAR = 366;

/**
 * The days of a rule, as numbers, ascending, in every period from the one in which `from` lies to at least `to`, as if
 * INTERVAL were 1 and without COUNT and UNTIL. From the start of a period near the question: so a question about 2040
 * does not walk there from 1970, and the gap to the next hit, through which the package walks before it stops, is short.
 *
 * BYSETPOS is ours to apply: the package takes the first day for a position that counts back beyond it (-3 of two), and
 * names a day twice that two positions mean.
 *
 * @param rule names its days (nothing is left to a DTSTART) and occurs ever: for others the package walks until 9999
 */
export function daysOfPeriods(rule: Recurrence, from: LocalDate, to: LocalDate): number[] {
  const { bySetPos, byWeekNo } = rule;
  if (byWeekNo.length) return daysOfWeeks(rule, dayNumber(from), dayNumber(to));
  const start = periodStart(rule, from);
  const end = bySetPos.length ? dayOf(dayNumber(to) + LEAP_YEAR) : to;
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
 * The days of [from, to) that are of the weekdays and weeks of the rule. Counted here, because the package is wrong around new year: it takes
 * 2011-01-01 for a day of week 53, where 2010 has 52, and counted from the end it misses days of December.
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

/** Walking stops at the end of 9999, and the 28 years before it are of all 14 kinds (leap or not, by first weekday). */
const LAST_CYCLE: LocalDate = '9972-01-01';

/** `true` if the parts of the rule can meet on a day. Anything may be asked: the answer takes a few milliseconds. */
export function occursEver(rule: Recurrence): boolean {
  const { freq, byDay, byMonth, byMonthDay, byWeekNo, weekStart } = rule;
  // Every weekday of every week up to the 53rd comes some year, and nothing else may stand beside it.
  if (byWeekNo.length) return true;
  // The package counts rightly from the front, and where there is a third there is a third from the end.
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

/** Numbers the periods that INTERVAL counts, by the number of a day in them. */
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

// A day of the year is cheaper to find in whole years, and the same: BYSETPOS, which would see the difference, is refused with DAILY.
const ENGINE_FREQ = { DAILY: RRule.YEARLY, WEEKLY: RRule.WEEKLY, MONTHLY: RRule.MONTHLY, YEARLY: RRule.YEARLY };

/** The rrule package, floating: days in UTC fields, never a TZID (its results are then right only if the process runs in UTC). */
function engine(rule: Recurrence, start: LocalDate): RRule {
  const some = <T>(list: readonly T[]) => (list.length ? [...list] : null);
  return new RRule(
    {
      freq: ENGINE_FREQ[rule.freq],
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
