import { DomainError } from '../errors';
import { isLocalDate } from './dates';
import type { LocalDate } from './hours';

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
/** The values of FREQ (RFC 5545 §3.3.10) that opening hours use; hourly and finer ones make no sense for them. */
export type Frequency = (typeof FREQUENCIES)[number];

/** `MO` is { weekday: 1, nth: null }; `-1FR`, the last Friday of the month or year, is { weekday: 5, nth: -1 }. */
export interface NthWeekday {
  /** ISO: Monday = 1 … Sunday = 7. */
  readonly weekday: number;
  readonly nth: number | null;
}

/** An RRULE within the profile of opening hours, as `parseRule` returns it. A list is empty if its part is absent. */
export interface Recurrence {
  readonly freq: Frequency;
  readonly interval: number;
  readonly byDay: readonly NthWeekday[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  /**
   * Weeks of the year, counted from its first or (negative) its last. Used only with YEARLY, `interval` 1 and `byDay`
   * without ordinals.
   */
  readonly byWeekNo: readonly number[];
  readonly bySetPos: readonly number[];
  readonly count: number | null;
  /** The last day on which the rule may hold: inclusive, as in RFC 5545. */
  readonly until: LocalDate | null;
  /** ISO weekday on which the weeks of INTERVAL and BYWEEKNO begin: Monday, unless WKST says otherwise. */
  readonly weekStart: number;
}

/** The longest useful rule, which names every weekday and month, has some 150 characters. */
const MAX_RULE_LENGTH = 300;
/** The highest INTERVAL: three digits, more than anybody plans in. */
const MAX_INTERVAL = 999;
/** The highest COUNT: daily for almost three years. Longer rules end by `until`. */
const MAX_COUNT = 1000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const PARTS = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYWEEKNO', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST'];

/**
 * Takes a rule out of a text that was copied from a calendar file: it removes the property name (in any case, RFC 5545
 * §3.1), the folds of a long line and surrounding blanks. API and desk files call it, so that rules are stored in one
 * form. A text that is no rule stays as it is.
 */
export function unwrapped(text: string): string {
  return text
    .replace(/\r?\n[ \t]/g, '')
    .trim()
    .replace(/^RRULE:/i, '');
}

/**
 * Reads the parts of an RRULE and refuses parts and values that are not allowed. It does not notice that a rule never
 * occurs; `parseRule` does.
 *
 * @throws DomainError `invalid-rule` with `part` and `reason`
 */
export function parseParts(text: string): Recurrence {
  const parts = split(text);
  const rule: Recurrence = {
    freq: frequency(parts.get('FREQ')),
    interval: whole(parts, 'INTERVAL', MAX_INTERVAL) ?? 1,
    byDay: list(parts, 'BYDAY').map(nthWeekday),
    byMonthDay: numbers(parts, 'BYMONTHDAY', 31, true),
    byMonth: numbers(parts, 'BYMONTH', 12, false),
    byWeekNo: numbers(parts, 'BYWEEKNO', 53, true),
    bySetPos: numbers(parts, 'BYSETPOS', 366, true),
    count: whole(parts, 'COUNT', MAX_COUNT),
    until: until(parts.get('UNTIL')),
    weekStart: weekday('WKST', parts.get('WKST') ?? 'MO'),
  };
  refuseCombinations(rule);
  return rule;
}

/** Builds the refusal of a rule whose parts no day satisfies: 30 February, a fifth Monday before the 20th. */
export function neverOccurs(rule: Recurrence): DomainError {
  const parts = { BYSETPOS: rule.bySetPos, BYMONTHDAY: rule.byMonthDay, BYDAY: rule.byDay, BYMONTH: rule.byMonth };
  const [part] = Object.entries(parts).find(([, values]) => values.length > 0) ?? ['FREQ'];
  return refusal(part, 'the parts of the rule never meet on one day, so it would never occur');
}

function split(text: string): Map<string, string> {
  if (text.length > MAX_RULE_LENGTH) throw refusal('RRULE', `expected at most ${MAX_RULE_LENGTH} characters`);
  const parts = new Map<string, string>();
  for (const piece of text.split(';')) {
    const [, name, value] = /^([A-Z-]{1,20})=([A-Z0-9,+-]+)$/.exec(piece) ?? [];
    const shown = name ?? /^[\w-]{1,20}/.exec(piece)?.[0];
    if (shown && !PARTS.includes(shown)) throw refusal(shown, `is not allowed here; expected ${PARTS.join(', ')}`);
    if (!name || !value)
      throw refusal(shown ?? 'RRULE', 'expected NAME=VALUE parts in capitals, with semicolons between, nothing else');
    if (parts.has(name)) throw refusal(name, 'is given twice');
    parts.set(name, value);
  }
  return parts;
}

function frequency(value: string | undefined): Frequency {
  const found = FREQUENCIES.find((freq) => freq === value);
  if (!found)
    throw refusal('FREQ', `expected one of ${FREQUENCIES.join(', ')}: opening hours know nothing finer than a day`);
  return found;
}

function whole(parts: ReadonlyMap<string, string>, part: string, most: number): number | null {
  const value = parts.get(part);
  if (value === undefined) return null;
  if (!/^[1-9]\d{0,3}$/.test(value) || Number(value) > most)
    throw refusal(part, `expected a whole number from 1 to ${most}`);
  return Number(value);
}

function list(parts: ReadonlyMap<string, string>, part: string): string[] {
  const items = parts.get(part)?.split(',') ?? [];
  if (new Set(items).size !== items.length) throw refusal(part, 'names something twice');
  return items;
}

function numbers(parts: ReadonlyMap<string, string>, part: string, most: number, fromEnd: boolean): number[] {
  const range = `whole numbers from 1 to ${most}${fromEnd ? `, or -1 to -${most} from the end` : ''}`;
  const read = list(parts, part).map((item) => {
    const fits = (fromEnd ? /^[+-]?[1-9]\d{0,2}$/ : /^[1-9]\d?$/).test(item) && Math.abs(Number(item)) <= most;
    if (!fits) throw refusal(part, `expected ${range}`);
    return Number(item);
  });
  return read;
}

function nthWeekday(item: string): NthWeekday {
  const [, nth, day] = /^([+-]?[1-9]\d?)?([A-Z]{2})$/.exec(item) ?? [];
  return { weekday: weekday('BYDAY', day ?? ''), nth: nth === undefined ? null : Number(nth) };
}

function weekday(part: string, name: string): number {
  const index = WEEKDAYS.indexOf(name);
  if (index < 0)
    throw refusal(
      part,
      `expected ${WEEKDAYS.join(', ')}${part === 'BYDAY' ? ', or 1MO, -1FR with MONTHLY or YEARLY' : ''}`,
    );
  return index + 1;
}

/**
 * Reads UNTIL as a day. A UTC time is refused, because the day it means would depend on the zone, and hours are
 * floating.
 */
function until(value: string | undefined): LocalDate | null {
  if (value === undefined) return null;
  const date = /^\d{8}$/.test(value) ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}` : '';
  if (date > '1970' && date < '2200' && isLocalDate(date)) return date;
  throw refusal('UNTIL', 'expected the last day as YYYYMMDD, without a time, before 2200');
}

/**
 * Refuses combinations that RFC 5545 §3.3.10 forbids, that the rrule package gets wrong, or that no opening rule needs.
 */
function refuseCombinations(rule: Recurrence): void {
  const { freq, byDay, byMonthDay, byMonth, byWeekNo, bySetPos } = rule;
  const inMonth = freq === 'MONTHLY' || (freq === 'YEARLY' && byMonth.length > 0);
  const ordinals = byDay.flatMap(({ nth }) => (nth === null ? [] : [Math.abs(nth)]));
  const most = inMonth ? 5 : 53;

  if (rule.count !== null && rule.until) throw refusal('COUNT', 'expected either COUNT or UNTIL, not both');
  if (ordinals.length && freq !== 'MONTHLY' && freq !== 'YEARLY')
    throw refusal('BYDAY', `a number before the weekday is allowed with MONTHLY and YEARLY only, not with ${freq}`);
  // RFC 5545 means the union of weekdays with and without numbers; the package expands their intersection.
  if (ordinals.length && ordinals.length < byDay.length)
    throw refusal('BYDAY', 'expected a number before every weekday or before none');
  if (ordinals.some((nth) => nth > most))
    throw refusal('BYDAY', `there are at most ${most} of a weekday; expected 1 to ${most}`);
  if (ordinals.length && byMonthDay.length)
    throw refusal('BYDAY', 'a number before the weekday cannot go with BYMONTHDAY');
  if (byMonthDay.length && freq === 'WEEKLY') throw refusal('BYMONTHDAY', 'is not allowed with FREQ=WEEKLY');
  if (byWeekNo.length && freq !== 'YEARLY')
    throw refusal('BYWEEKNO', `is allowed with FREQ=YEARLY only, not with ${freq}`);
  // Without weekdays some calendar programs take all days of the week, others the weekday of DTSTART.
  if (byWeekNo.length && (!byDay.length || ordinals.length))
    throw refusal('BYWEEKNO', 'expected weekdays beside it, as BYDAY=MO,TU without numbers');
  // In the first days of January the year of the week differs from the calendar year, and libical counts INTERVAL
  // sometimes by one, sometimes by the other.
  if (byWeekNo.length && rule.interval > 1)
    throw refusal('BYWEEKNO', 'cannot go with INTERVAL: readers differ on which year the count begins with');
  if (byWeekNo.length && (byMonth.length || byMonthDay.length || bySetPos.length))
    throw refusal('BYWEEKNO', 'cannot go with BYMONTH, BYMONTHDAY or BYSETPOS: readers differ on what that means');
  if (bySetPos.length && freq === 'DAILY')
    throw refusal('BYSETPOS', 'is not allowed with FREQ=DAILY: a day has one occurrence');
  if (bySetPos.length && !byDay.length && !byMonthDay.length && !byMonth.length)
    throw refusal('BYSETPOS', 'expected another BY part to choose from');
}

/**
 * Refuses a rule that calendar programs read in different ways. Rules are checked where they come in, because hours are
 * published; a rule of this kind that is stored already is still expanded as the RFC means it.
 *
 * @throws DomainError `invalid-rule`
 */
export function assertUnambiguous({ freq, byMonthDay, byMonth }: Recurrence): void {
  if (freq === 'YEARLY' && byMonthDay.length && !byMonth.length)
    throw refusal(
      'BYMONTHDAY',
      'expected BYMONTH beside it: with FREQ=YEARLY alone some calendars read that day of every month, others of one; for every month use FREQ=MONTHLY',
    );
}

function refusal(part: string, reason: string): DomainError {
  return new DomainError('invalid-rule', { part, reason: `${part} ${reason}` });
}
