import { memo } from '../memo';
import { dayNumber, dayOf, isoWeekday, modulo } from './dates';
import { daysOfPeriods, occursEver, periodOf } from './expansion';
import type { HoursRule, LocalDate } from './hours';
import { neverOccurs, parseParts, type Recurrence } from './ruleText';

export type { Frequency, NthWeekday, Recurrence } from './ruleText';

/**
 * The day from which rules without `from` are counted, so that INTERVAL always means the same weeks. It is a Thursday.
 */
const SINCE_ALWAYS: LocalDate = '1970-01-01';

/**
 * Reads an RRULE (RFC 5545 §3.3.10, without `RRULE:`) within the profile that opening hours need: frequencies of a day
 * or coarser, and only rules that occur at all. The text is checked strictly before the rrule package sees it, because
 * that package takes seconds to expand `SECONDLY` or a 30 February and accepts unknown parts.
 *
 * @throws DomainError `invalid-rule` with `part` (such as `BYHOUR`) and `reason` (what was expected)
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
 * Lists the days in [from, to), ascending, on which the rule holds. The days are local days, independent of any zone.
 *
 * The rule is valid from `rule.from`, and INTERVAL and COUNT are counted from there; unlike a DTSTART (RFC 5545
 * §3.8.5.3), `rule.from` is an occurrence only if it fits the rule. `rule.until` is the first day on which the rule no
 * longer holds, UNTIL the last day on which it still may.
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

  // COUNT counts from the anchor, so the rule is expanded from there. It is remembered up to the end of the year,
  // because the next query usually asks for a date nearby.
  const all = counted(`${anchor} ${end.slice(0, 4)} ${rule.rrule}`);
  return all.filter((date) => from <= date && date < end);
}

const counted = memo(100, (key) => {
  const [anchor, year, text] = key.split(' ') as [string, string, string];
  const rule = parseRule(text);
  const to = dayOf(dayNumber(`${year}-12-31`) + 1);
  return expand(rule, anchor, anchor, to).slice(0, rule.count ?? 0);
});

/** Lists the days of a rule in [from, to), ignoring COUNT and UNTIL; `from` is not before the anchor. */
function expand(rule: Recurrence, anchor: LocalDate, from: LocalDate, to: LocalDate): LocalDate[] {
  if (from >= to) return [];
  const whole = explicit(rule, anchor);
  // MONTHLY;BYMONTH=2 anchored on a 31st means a 31 February. The text is valid, but the package would search until
  // 9999.
  if (!occursEver(whole)) return [];

  const period = periodOf(rule);
  const [start, end, first] = [dayNumber(from), dayNumber(to), period(dayNumber(anchor))];
  return daysOfPeriods(whole, from, to)
    .filter((day) => start <= day && day < end && modulo(period(day) - first, rule.interval) === 0)
    .map(dayOf);
}

/**
 * Writes out the parts that RFC 5545 §3.3.10 takes from DTSTART if they are absent (weekday, day of the month, month),
 * because the rrule package gets another DTSTART than the anchor.
 */
function explicit(rule: Recurrence, anchor: LocalDate): Recurrence {
  if (rule.byDay.length || rule.byMonthDay.length) return rule;
  const byMonth = rule.byMonth.length ? rule.byMonth : [Number(anchor.slice(5, 7))];
  const byMonthDay = [Number(anchor.slice(8))];
  if (rule.freq === 'YEARLY') return { ...rule, byMonth, byMonthDay };
  if (rule.freq === 'MONTHLY') return { ...rule, byMonthDay };
  if (rule.freq === 'WEEKLY') return { ...rule, byDay: [{ weekday: isoWeekday(anchor), nth: null }] };
  return { ...rule, byDay: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, nth: null })) };
}
