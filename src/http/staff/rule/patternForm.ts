import { parseRule } from '../../../domain/calendar/recurrence';
import { POSITIONS, patternOf, type RulePattern, rruleOf } from '../../../domain/calendar/rulePattern';
import { unwrapped } from '../../../domain/calendar/ruleText';
import { DomainError } from '../../../domain/errors';
import type { Translate } from '../../../presentation/texts';
import type { Fields, FormError } from '../forms';

/** The kinds of recurrence, in the order in which they are offered. */
export const PATTERN_KINDS = ['weekly', 'calendar_weeks', 'monthly', 'month_days', 'date', 'other'] as const;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** The names of the fields that say when something recurs. */
export const PATTERN_FIELDS = [
  ...['pattern', 'interval', 'parity', 'monthDays', 'lastDay', 'month', 'monthDay', 'rrule', 'rruleShown'],
  ...WEEKDAYS.map(dayField),
  ...POSITIONS.map(positionField),
];

export function dayField(weekday: number): string {
  return `day${weekday}`;
}

export function positionField(position: number): string {
  return position < 0 ? 'posLast' : `pos${position}`;
}

export function patternKindIn({ pattern }: Fields): RulePattern['kind'] {
  return PATTERN_KINDS.find((kind) => kind === pattern) ?? 'weekly';
}

/** Tells whether the RRULE was typed, and not only shown as what the other fields mean. */
export function isTyped({ rrule = '', rruleShown = '', pattern }: Fields): boolean {
  return rrule !== '' && (rrule !== rruleShown || pattern === 'other');
}

/** Reads when something recurs. */
export function readPattern(
  fields: Fields,
  t: Translate,
): { readonly rrule: string } | { readonly errors: readonly FormError[] } {
  const wrong = (field: string, key: string, values = {}) => ({
    errors: [{ href: `#${field}`, text: t(`staff.rule.wrong.${key}`, values) }],
  });
  const isOther = isTyped(fields) || patternKindIn(fields) === 'other';
  const missing = isOther ? undefined : missingIn(fields);
  if (missing) return wrong(missing.field, missing.key);
  const rrule = isOther ? unwrapped((fields.rrule ?? '').toUpperCase()) : rruleOf(chosen(fields));
  try {
    parseRule(rrule);
    return { rrule };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { part } = error.details;
    return isOther ? wrong('rrule', 'rrule', { part }) : wrong(fieldOf(fields), 'never');
  }
}

/** Returns the RRULE that the fields mean, to show it; empty as long as they mean none. */
export function shownRrule(fields: Fields, t: Translate): string {
  const read = readPattern(fields, t);
  return 'rrule' in read ? read.rrule : (fields.rrule ?? '');
}

function chosen(fields: Fields): RulePattern {
  const weekdays = WEEKDAYS.filter((day) => fields[dayField(day)] === 'true');
  const kind = patternKindIn(fields);
  switch (kind) {
    case 'weekly':
      return { kind, interval: Number(fields.interval || 1), weekdays };
    case 'calendar_weeks':
      return { kind, weeks: fields.parity === 'even' ? 'even' : 'odd', weekdays };
    case 'monthly':
      return { kind, positions: POSITIONS.filter((position) => fields[positionField(position)] === 'true'), weekdays };
    case 'month_days':
      return { kind, days: monthDaysIn(fields) };
    case 'date':
      return { kind, month: Number(fields.month), day: Number(fields.monthDay), weekdays };
    case 'other':
      return { kind, rrule: fields.rrule ?? '' };
  }
}

/** Returns the first field that is missing or no number, by the kind that was chosen. */
function missingIn(fields: Fields): { readonly field: string; readonly key: string } | undefined {
  const pattern = chosen(fields);
  const isWhole = (text: string | undefined, most: number) => /^\d{1,3}$/.test(text ?? '') && Number(text) <= most;
  if (pattern.kind === 'monthly' && pattern.positions.length === 0) return { field: 'pos1', key: 'positions' };
  if (pattern.kind !== 'date' && 'weekdays' in pattern && pattern.weekdays.length === 0)
    return { field: 'day1', key: 'weekdays' };
  if (pattern.kind === 'weekly' && !(pattern.interval > 0 && isWhole(fields.interval || '1', MAX_WEEKS)))
    return { field: 'interval', key: 'interval' };
  if (pattern.kind === 'month_days' && !(pattern.days.length > 0 && pattern.days.every(isMonthDay)))
    return { field: 'monthDays', key: 'monthDays' };
  if (pattern.kind === 'date' && !(isWhole(fields.month, 12) && isWhole(fields.monthDay, 31)))
    return { field: 'monthDay', key: 'date' };
  return undefined;
}

/** A rule that holds once a year is better said with a date. */
const MAX_WEEKS = 52;
const LAST_OF_MONTH = -1;

function isMonthDay(day: number): boolean {
  return day === LAST_OF_MONTH || (Number.isInteger(day) && 1 <= day && day <= 31);
}

/** Reads "1, 15" and the last day. */
function monthDaysIn({ monthDays = '', lastDay }: Fields): number[] {
  const days = monthDays.split(/[\s,;.]+/).filter(Boolean);
  return [...new Set([...days.map(Number), ...(lastDay === 'true' ? [LAST_OF_MONTH] : [])])];
}

function fieldOf(fields: Fields): string {
  return { date: 'monthDay', month_days: 'monthDays', monthly: 'pos1' }[patternKindIn(fields) as string] ?? 'day1';
}

/** Returns the fields that say what an RRULE says. @throws DomainError `invalid-rule` */
export function patternFields(rrule: string): Fields {
  const pattern = patternOf(rrule);
  const ticked = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'true']));
  const own: Fields = { pattern: pattern.kind, rrule, rruleShown: rrule };
  switch (pattern.kind) {
    case 'weekly':
      return { ...own, interval: String(pattern.interval), ...ticked(pattern.weekdays.map(dayField)) };
    case 'calendar_weeks':
      return { ...own, parity: pattern.weeks, ...ticked(pattern.weekdays.map(dayField)) };
    case 'monthly':
      return {
        ...own,
        ...ticked([...pattern.weekdays.map(dayField), ...pattern.positions.map(positionField)]),
      };
    case 'month_days':
      return {
        ...own,
        monthDays: pattern.days.filter((day) => day > 0).join(', '),
        ...(pattern.days.includes(LAST_OF_MONTH) && { lastDay: 'true' }),
      };
    case 'date':
      return {
        ...own,
        month: String(pattern.month),
        monthDay: String(pattern.day),
        ...ticked(pattern.weekdays.map(dayField)),
      };
    case 'other':
      return own;
  }
}
