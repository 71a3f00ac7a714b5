import { memo } from '../memo';
import { dayNumber, dayOf, isoWeekday, modulo } from './dates';
import { daysOfPeriods, occursEver, periodOf } from './expansion';
import type { HoursRule, LocalDate } from './hours';
import { neverOccurs, parseParts, type Recurrence } from './ruleText';

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
export function occurrences(
  rule: Pick<HoursRule, 'rrule' | 'from' | 'until'>,
  from: LocalDate,
  to: LocalDate,
): LocalDate[] {
  const recurrence = parseRule(rule.rrule);
  const anchor = rule.from ?? SINCE_ALWAYS;
  const end = [
    to,
    rule.until ?? to,
    recurrence.until ? dayOf(dayNumber(recurrence.until) + 1) : to,
  ].sort()[0] as string;
  if (recurrence.count === null) return expand(recurrence, anchor, from > anchor ? from : anchor, end);

  // COUNT counts from the anchor, so all of it is needed; kept to the end of a year, because the next question is close.
  const all = counted(`${anchor} ${end.slice(0, 4)} ${rule.rrule}`);
  return all.filter((date) => from <= date && date < end);
}

const counted = memo(100, (key) => {
  const [anchor, year, text] = key.split(' ') as [string, string, string];
  const rule = parseRule(text);
  const to = dayOf(dayNumber(`${year}-12-31`) + 1);
  return expand(rule, anchor, anchor, to).slice(0, rule.count ?? 0);
});

/** The days of a rule in [from, to) without regard to COUNT and UNTIL; `from` is not before the anchor. */
function expand(rule: Recurrence, anchor: LocalDate, from: LocalDate, to: LocalDate): LocalDate[] {
  if (from >= to) return [];
  const whole = explicit(rule, anchor);
  // MONTHLY;BYMONTH=2 anchored on a 31st means a 31 February: fine as a text, but the package would search until 9999.
  if (!occursEver(whole)) return [];

  const period = periodOf(rule);
  const [start, end, first] = [dayNumber(from), dayNumber(to), period(dayNumber(anchor))];
  return daysOfPeriods(whole, from, to)
    .filter((day) => start <= day && day < end && modulo(period(day) - first, rule.interval) === 0)
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
