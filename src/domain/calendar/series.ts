import { groupBy } from '../groupBy';
import { addDays, isoWeekday } from './dates';
import type { Hours, LocalDate, LocalWindow } from './hours';
import { localDays } from './localDays';
import { occurrences, parseRule } from './recurrence';
import { joined } from './stretches';
import { kindWeek, localKindDays } from './windowKinds';

/** A window that recurs by a rule, and the days on which it does not take place. */
interface Series {
  /** RFC 5545 RRULE without COUNT and UNTIL: `first` and `last` say how long it goes on. */
  readonly rrule: string;
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** The first day on which the rule is valid, also if that is long ago; absent: always. */
  readonly since?: LocalDate | undefined;
  /** Its end is after 24:00 if it lies on the next day. */
  readonly window: LocalWindow;
  /** The days on which it takes place, ascending. */
  readonly days: readonly LocalDate[];
  /** Days of the rule between `first` and `last` that are closed or have other hours. */
  readonly except: readonly LocalDate[];
}

/** A window of one day. */
export interface DayWindow {
  readonly date: LocalDate;
  readonly window: LocalWindow;
}

interface HoursSeries {
  readonly series: readonly Series[];
  /** All windows that no series has: special openings, and what holidays and pauses leave. */
  readonly single: readonly DayWindow[];
}

/**
 * Splits the windows of the days in [from, to) into what recurs and the rest, for programs that keep recurring entries.
 * Together they are exactly the desk's windows (`localDays`), each once.
 */
export function hoursSeries(hours: Hours, from: LocalDate, to: LocalDate): HoursSeries {
  const left = new Map(localDays(hours, from, to).map(({ date, windows }) => [date, [...windows]]));
  const series = hours.rules.flatMap((rule): Series[] => {
    const days = occurrences(rule, from, to);
    const [window] = joined([rule]);
    if (!window) return [];
    const taken = days.filter((date) => {
      const open = left.get(date) ?? [];
      const same = open.findIndex(({ start, end }) => start === window.start && end === window.end);
      if (same >= 0) open.splice(same, 1);
      return same >= 0;
    });
    const [first, last] = [taken[0], taken.at(-1)];
    if (first === undefined || last === undefined) return [];
    const kept = new Set(taken);
    const except = days.filter((date) => first < date && date < last && !kept.has(date));
    return [{ rrule: endless(rule.rrule), first, last, since: rule.from, window, days: taken, except }];
  });
  const single = [...left].flatMap(([date, windows]) => windows.map((window) => ({ date, window })));
  return { series, single };
}

function endless(rrule: string): string {
  return rrule
    .split(';')
    .filter((part) => !/^(COUNT|UNTIL)=/i.test(part))
    .join(';');
}

/** A stretch of days with one and the same ordinary week. */
interface PlainWeek {
  readonly from: LocalDate;
  /** The first day that it no longer holds. */
  readonly to: LocalDate;
  readonly week: readonly Weekdays[];
}

/** Weekdays (ISO, Monday = 1) with the same windows; both lists ascend. */
interface Weekdays {
  readonly weekdays: readonly number[];
  readonly windows: readonly LocalWindow[];
}

interface WeekAndDays {
  readonly weeks: readonly PlainWeek[];
  /** Days with other windows than those of their week, ascending; none: closed. */
  readonly others: readonly { readonly date: LocalDate; readonly windows: readonly LocalWindow[] }[];
}

/**
 * Splits the windows of the days in [from, to) into ordinary weeks and single days that differ, for notations that know
 * weekdays and dates alone. Together they are exactly the desk's windows, with their kinds where it has several.
 */
export function plainWeeks(hours: Hours, from: LocalDate, to: LocalDate): WeekAndDays {
  const turns = hours.rules.flatMap((rule) => [rule.from, rule.until, lastDayAfter(rule.rrule)]);
  const edges = [...new Set([from, ...turns.filter((day) => day !== undefined && from < day && day < to), to])].sort();
  const weeks = edges.slice(0, -1).map(
    (edge, i): PlainWeek => ({
      from: edge as LocalDate,
      to: edges[i + 1] as LocalDate,
      week: plainWeek(hours, edge as LocalDate),
    }),
  );
  const others = weeks.flatMap((plain) =>
    localKindDays(hours, plain.from, plain.to).filter(({ date, windows }) => {
      const usual = plain.week.find(({ weekdays }) => weekdays.includes(isoWeekday(date)))?.windows ?? [];
      return JSON.stringify(usual) !== JSON.stringify(windows);
    }),
  );
  return { weeks, others: others.map(({ date, windows }) => ({ date, windows })) };
}

function plainWeek(hours: Hours, on: LocalDate): Weekdays[] {
  const alike = groupBy([...kindWeek(hours, on)], ([, windows]) => JSON.stringify(windows));
  return [...alike.values()].map((days) => ({
    weekdays: days.map(([weekday]) => weekday),
    windows: days[0]?.[1] ?? [],
  }));
}

/** The day after a rule's UNTIL. */
function lastDayAfter(rrule: string): LocalDate | undefined {
  const { until } = parseRule(rrule);
  return until === null ? undefined : addDays(until, 1);
}
