import { RRule, Weekday } from 'rrule';
import { DAY, dayNumber, dayOf, isoWeekday, modulo } from './dates';
import type { HoursRule, LocalDate } from './hours';
import { memo } from './memo';
import { type Frequency, neverOccurs, parseParts, type Recurrence } from './ruleText';

export type { Frequency, NthWeekday, Recurrence } from './ruleText';

/** Where rules without `from` are anchored, so that INTERVAL means the same weeks for ever: a Thursday. */
const SINCE_ALWAYS: LocalDate = '1970-01-01';

/**
 * Reads an RRULE (RFC 5545 §3.3.10, without `RRULE:`) within the profile that opening hours need: days and coarser, nothing
 * that never occurs. Strict, and done before the rrule package sees the text: that one expands `SECONDLY` or a 30 February
 * for seconds, and takes unknown parts as they come.
 *
 * @throws DomainError `invalid-rule` with `part` (`BYHOUR`) and `reason` (what is expected of it)
 */
export function parseRule(text: string): Recurrence {
  return accepted(text);
}

const accepted = memo(500, (text) => {
  const rule = parseParts(text);
  if (!occursEver(explicit(rule, SINCE_ALWAYS))) throw neverOccurs(rule);
  return rule;
});

/**
 * The days in [from, to), ascending, on which the rule holds.
 *
 * `rule.from` says since when the rule is valid and where INTERVAL and COUNT begin to count; unlike a DTSTART
 * (RFC 5545 §3.8.5.3) it is not itself an occurrence unless it fits the rule. `rule.until` is the first day on which the
 * rule no longer holds, UNTIL the last on which it still may. Local days only: no zone, no clock, no time of day.
 *
 * @throws DomainError `invalid-rule`
 */
export function occurrences(rule: HoursRule, from: LocalDate, to: LocalDate): LocalDate[] {
  const recurrence = parseRule(rule.rrule);
  const anchor = rule.from ?? SINCE_ALWAYS;
  const end = [
    to,
    rule.until ?? to,
    recurrence.until ? dayOf(dayNumber(recurrence.until) + 1) : to,
  ].sort()[0] as string;
  if (recurrence.count === null) return expand(recurrence, anchor, from > anchor ? from : anchor, end);

  // COUNT counts from the anchor, so all of it is needed; kept to the end of a year, because the next question is close.
  const all = counted(`${anchor} ${end.slice(0, 4)}-12-32 ${rule.rrule}`);
  return all.filter((date) => from <= date && date < end);
}

const counted = memo(100, (key) => {
  const [anchor, last, text] = key.split(' ') as [string, string, string];
  const rule = parseRule(text);
  const to = dayOf(dayNumber(last.replace('-32', '-31')) + 1);
  return expand(rule, anchor, anchor, to).slice(0, rule.count ?? 0);
});

/**
 * The days of a rule in [from, to) without regard to COUNT and UNTIL; `from` is not before the anchor.
 *
 * The package expands every period (INTERVAL=1) from the start of the one in which `from` lies, and we keep those periods
 * that INTERVAL meant. So a question about 2040 does not walk there from 1970, BYSETPOS sees whole periods, and the gap
 * to the next hit, through which the package walks before it stops, is short.
 */
function expand(rule: Recurrence, anchor: LocalDate, from: LocalDate, to: LocalDate): LocalDate[] {
  if (from >= to) return [];
  const whole = explicit(rule, anchor);
  // MONTHLY;BYMONTH=2 anchored on a 31st means a 31 February: fine as a text, but the package would search until 9999.
  if (!occursEver(whole)) return [];

  const period = periodOf(rule);
  const first = period(dayNumber(anchor));
  return engine(whole, periodStart(rule, from))
    .between(utc(from), utc(to), true)
    .map((date) => date.getTime() / DAY)
    .filter((day) => day < dayNumber(to) && modulo(period(day) - first, rule.interval) === 0)
    .map(dayOf);
}

/** The rule with what RFC 5545 §3.3.10 takes from DTSTART written out, since the engine gets another DTSTART than the anchor. */
function explicit(rule: Recurrence, anchor: LocalDate): Recurrence {
  if (rule.byDay.length || rule.byMonthDay.length) return rule;
  const byMonth = rule.byMonth.length ? rule.byMonth : [Number(anchor.slice(5, 7))];
  const byMonthDay = [Number(anchor.slice(8))];
  if (rule.freq === 'YEARLY') return { ...rule, byMonth, byMonthDay };
  if (rule.freq === 'MONTHLY') return { ...rule, byMonthDay };
  if (rule.freq === 'WEEKLY') return { ...rule, byDay: [{ weekday: isoWeekday(anchor), nth: null }] };
  return { ...rule, byDay: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, nth: null })) };
}

/** Walking stops at the end of 9999, and the 28 years before it are of all 14 kinds (leap or not, by first weekday). */
const LAST_CYCLE: LocalDate = '9972-01-01';

function occursEver(rule: Recurrence): boolean {
  const { freq, byDay, byMonth, byMonthDay, bySetPos, weekStart } = rule;
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

/** Numbers the periods that INTERVAL counts, by the number of a day in them. */
function periodOf(rule: Recurrence): (day: number) => number {
  const month = (day: number) => Number(dayOf(day).slice(0, 4)) * 12 + Number(dayOf(day).slice(5, 7));
  const by: Record<Frequency, (day: number) => number> = {
    DAILY: (day) => day,
    WEEKLY: (day) => Math.floor((day + 4 - rule.weekStart) / 7),
    MONTHLY: month,
    YEARLY: (day) => Number(dayOf(day).slice(0, 4)),
  };
  return by[rule.freq];
}

function utc(date: LocalDate): Date {
  return new Date(dayNumber(date) * DAY);
}
