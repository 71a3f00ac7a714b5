import { DAY, weekOf } from '../calendar/dates';
import { HOUR, MINUTE, SECOND } from '../calendar/interval';
import { type Day, dayAt, daysIn, daysOfPeriod, type PeriodUnit, periodOf } from './periods';
import type { Steps } from './steps';

/** Local time as if it were UTC, in ms: what a clock on the wall shows, whichever its zone is. */
export type Wall = number;

/** A recurrence rule of a foreign calendar (RFC 5545 §3.3.10). Lists are empty where the part is missing. */
export interface ForeignRule {
  readonly unit: PeriodUnit;
  readonly interval: number;
  readonly count: number | null;
  /** UNTIL as it was written; null: it never ends. */
  readonly until: string | null;
  readonly byDay: readonly { readonly weekday: number; readonly nth: number | null }[];
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySecond: readonly number[];
  readonly bySetPos: readonly number[];
  /** 1 is Monday, as in ISO 8601. */
  readonly weekStart: number;
}

const UNITS = new Set<string>(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const MAX_INTERVAL = 10_000;
const MAX_COUNT = 100_000;
type List = 'BYMONTH' | 'BYMONTHDAY' | 'BYYEARDAY' | 'BYWEEKNO' | 'BYHOUR' | 'BYMINUTE' | 'BYSECOND' | 'BYSETPOS';
/** The numbers of each list, and whether it may be counted from the end. */
const LISTS: Readonly<Record<List, readonly [least: number, most: number, fromEnd: boolean]>> = {
  BYMONTH: [1, 12, false],
  BYMONTHDAY: [1, 31, true],
  BYYEARDAY: [1, 366, true],
  BYWEEKNO: [1, 53, true],
  BYHOUR: [0, 23, false],
  BYMINUTE: [0, 59, false],
  BYSECOND: [0, 59, false],
  BYSETPOS: [1, 366, true],
};
const OTHERS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST'];

/**
 * Reads a rule. Rules that recur more often than daily, that use another calendar (RSCALE), or that combine parts in a
 * way that RFC 5545 does not define are not understood: whoever reads them otherwise would block the wrong times.
 *
 * @returns null if it is not understood
 */
export function readForeignRule(text: string): ForeignRule | null {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';').filter(Boolean)) {
    const [name = '', value = '', ...more] = part.split('=');
    if (more.length > 0 || parts.has(name) || !(name in LISTS || OTHERS.includes(name))) return null;
    parts.set(name, value);
  }
  const list = (name: List) => readNumbers(parts.get(name), ...LISTS[name]);
  const unit = parts.get('FREQ') ?? '';
  const [interval, count] = [whole(parts.get('INTERVAL') ?? '1'), whole(parts.get('COUNT') ?? '1')];
  const byDay = readDays(parts.get('BYDAY'));
  const weekStart = WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO') + 1;
  const rule = {
    ...{ byMonth: list('BYMONTH'), byMonthDay: list('BYMONTHDAY'), byYearDay: list('BYYEARDAY') },
    ...{ byWeekNo: list('BYWEEKNO'), byHour: list('BYHOUR'), byMinute: list('BYMINUTE') },
    ...{ bySecond: list('BYSECOND'), bySetPos: list('BYSETPOS'), byDay },
  };
  if (!UNITS.has(unit) || Object.values(rule).includes(null) || weekStart === 0) return null;
  if (!(interval >= 1 && interval <= MAX_INTERVAL && count >= 1 && count <= MAX_COUNT)) return null;
  const read = {
    ...(rule as Omit<ForeignRule, 'unit' | 'interval' | 'count' | 'until' | 'weekStart'>),
    ...{ unit: unit as PeriodUnit, interval, weekStart, until: parts.get('UNTIL') ?? null },
    count: parts.has('COUNT') ? count : null,
  };
  return isDefined(read) ? read : null;
}

/** Whether RFC 5545 says what the parts mean together, so that programs do not differ about it. */
function isDefined({ unit, interval, byDay, byMonth, byMonthDay, byYearDay, byWeekNo }: ForeignRule): boolean {
  const hasNth = byDay.some(({ nth }) => nth !== null);
  if (hasNth && (unit === 'WEEKLY' || unit === 'DAILY' || byWeekNo.length > 0)) return false;
  if (byMonthDay.length > 0 && (unit === 'WEEKLY' || (unit === 'YEARLY' && byMonth.length === 0))) return false;
  // From which year is a week counted that lies in two?
  if (byWeekNo.length > 0 && interval > 1) return false;
  return unit === 'YEARLY' || (byYearDay.length === 0 && byWeekNo.length === 0);
}

function whole(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}

function readNumbers(text: string | undefined, least: number, most: number, fromEnd: boolean): number[] | null {
  if (text === undefined) return [];
  const numbers = text.split(',').map((each) => (/^[+-]?\d{1,3}$/.test(each) ? Number(each) : Number.NaN));
  const isIn = (n: number) => (n >= least && n <= most) || (fromEnd && -n >= least && -n <= most);
  return numbers.every(isIn) ? numbers : null;
}

function readDays(text: string | undefined): ForeignRule['byDay'] | null {
  if (text === undefined) return [];
  const days = text.split(',').map((each) => {
    const [, nth = '', day = ''] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(each) ?? [];
    return { weekday: WEEKDAYS.indexOf(day) + 1, nth: nth === '' ? null : Number(nth) };
  });
  return days.every(({ weekday, nth }) => weekday > 0 && nth !== 0) ? days : null;
}

/**
 * Returns when the rule recurs from `from` until before `to`, ascending; with COUNT it is counted from `start`, which is
 * an occurrence only if it fits the rule. It looks at no more periods than lie in between, so that it also ends for a rule that
 * never recurs.
 *
 * @throws TooManySteps
 */
export function occurrencesOf(
  rule: ForeignRule,
  start: Wall,
  { from, to, steps }: { readonly from: Wall; readonly to: Wall; readonly steps: Steps },
): Wall[] {
  const explicit = withDefaults(rule, start);
  const times = timesOf(rule, start);
  const found: Wall[] = [];
  const how = { weekStart: rule.weekStart, byWeeks: rule.byWeekNo.length > 0 };
  const first = periodOf(rule.unit, Math.floor(start / DAY), how);
  const begin = rule.count === null ? Math.max(start, from - DAY) : start;
  const skipped = periodOf(rule.unit, Math.floor(begin / DAY), how) - first;
  let period = first + Math.max(0, Math.floor(skipped / rule.interval) - 1) * rule.interval;
  for (let left = rule.count ?? Number.POSITIVE_INFINITY; left > 0; ) {
    if (daysOfPeriod(rule.unit, period, how).first * DAY >= to) break;
    const set: Wall[] = [];
    for (const day of daysIn(rule.unit, period, how, explicit.byMonth)) {
      steps.take();
      if (fits(explicit, day, period)) for (const time of times) set.push(day.number * DAY + time);
    }
    for (const at of chosen(set, rule.bySetPos)) {
      if (at < start || left <= 0) continue;
      left--;
      steps.take();
      if (at >= from && at < to) found.push(at);
    }
    period += rule.interval;
    steps.take();
  }
  return found;
}

/** Returns the rule for an entry that has days instead of times: parts about the time of day do not count. */
export function ruleOfDays(rule: ForeignRule): ForeignRule {
  return { ...rule, byHour: [], byMinute: [], bySecond: [] };
}

/** Applies BYSETPOS to the set of one period. */
function chosen(set: readonly Wall[], positions: readonly number[]): readonly Wall[] {
  if (positions.length === 0) return set;
  return set.filter((_, i) => positions.includes(i + 1) || positions.includes(i - set.length));
}

/** Writes out what RFC 5545 §3.3.10 takes from DTSTART if it is absent. */
function withDefaults(rule: ForeignRule, start: Wall): ForeignRule {
  const { unit, byDay, byMonth, byMonthDay, byYearDay, byWeekNo } = rule;
  if (byDay.length > 0 || byMonthDay.length > 0 || byYearDay.length > 0 || unit === 'DAILY') return rule;
  const { weekday, month, monthDay } = dayAt(Math.floor(start / DAY));
  if (unit === 'WEEKLY' || byWeekNo.length > 0) return { ...rule, byDay: [{ weekday, nth: null }] };
  if (unit === 'MONTHLY' || byMonth.length > 0) return { ...rule, byMonthDay: [monthDay] };
  return { ...rule, byMonth: [month], byMonthDay: [monthDay] };
}

/** Returns the times of a day, ascending, in ms after midnight. */
function timesOf({ byHour, byMinute, bySecond }: ForeignRule, start: Wall): number[] {
  const at = new Date(start);
  const or = (list: readonly number[], own: number) => (list.length > 0 ? list : [own]);
  const times = or(byHour, at.getUTCHours()).flatMap((hour) =>
    or(byMinute, at.getUTCMinutes()).flatMap((minute) =>
      or(bySecond, at.getUTCSeconds()).map((second) => hour * HOUR + minute * MINUTE + second * SECOND),
    ),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

const DAYS_PER_WEEK = 7;

/** @param day one of the rule's months */
function fits(rule: ForeignRule, day: Day, period: number): boolean {
  const { unit, byDay, byMonth, byMonthDay, byYearDay } = rule;
  if (!isInWeeks(rule, day, period)) return false;
  if (!isAmong(byMonthDay, day.monthDay, day.monthDays) || !isAmong(byYearDay, day.yearDay, day.yearDays)) return false;
  if (byDay.length === 0) return true;
  const inMonth = unit === 'MONTHLY' || byMonth.length > 0;
  const [at, of] = inMonth ? [day.monthDay, day.monthDays] : [day.yearDay, day.yearDays];
  const nths = [Math.ceil(at / DAYS_PER_WEEK), -Math.ceil((of - at + 1) / DAYS_PER_WEEK)];
  return byDay.some(({ weekday, nth }) => weekday === day.weekday && (nth === null || nths.includes(nth)));
}

/** Whether the day lies in one of the weeks of this year that the rule names. */
function isInWeeks({ byWeekNo, weekStart }: ForeignRule, { number }: Day, period: number): boolean {
  if (byWeekNo.length === 0) return true;
  const { year, week, weeks } = weekOf(number, weekStart);
  return year === period && isAmong(byWeekNo, week, weeks);
}

/** Whether a list has the number, counted from the start or from the end; a list that is empty has all. */
function isAmong(list: readonly number[], at: number, of: number): boolean {
  return list.length === 0 || list.includes(at) || list.includes(at - of - 1);
}
