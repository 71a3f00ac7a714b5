import { DomainError } from '../errors';
import { addDays, daysBetween, parseLocalDate, parseLocalTime } from './dates';
import type { HoursException, HoursRule, LocalDate, LocalWindow } from './hours';
import { occurrences, parseRule } from './recurrence';
import { assertUnambiguous } from './ruleText';

/** How far from its first day a rule is looked for: 29 February on a Monday comes every 28 years, or after 40. */
const FAR = [400, 15_000];

/**
 * For the edges, where hours come in: a rule that passes can be expanded without a refusal, opens at least one day, and means
 * the same to whoever else reads it.
 *
 * @throws DomainError `invalid-rule` (`part`: an RRULE part, `RRULE` as a whole, `until`) or `invalid-time` (`part`: `start`, `end`, `from`, `until`)
 */
export function assertHoursRule(rule: HoursRule): void {
  assertUnambiguous(parseRule(rule.rrule));
  assertWindow(rule);
  if (rule.from !== undefined) assertDate('from', rule.from);
  if (rule.until !== undefined) assertDate('until', rule.until);

  const from = rule.from ?? '1970-01-01';
  if (rule.until !== undefined && rule.until <= from)
    throw refused('invalid-rule', 'until', 'expected a day after `from`');
  if (!FAR.some((days) => occurrences(rule, from, addDays(from, days)).length > 0))
    throw refused('invalid-rule', rule.until ? 'until' : 'RRULE', 'the rule opens no day from its first to its last');
}

/**
 * A window begins on its day, and ends on it or, before its start on the clock, on the next.
 *
 * @throws DomainError `invalid-time` (`part`: `start` or `end`)
 */
export function assertWindow({ start, end }: LocalWindow): void {
  assertTime('start', start);
  if (end !== '24:00') assertTime('end', end);
  if (start === end)
    throw refused('invalid-time', 'end', 'expected another time than the start; a whole day is 00:00 to 24:00');
}

/** What comes again and lasts longer is no exception: three months every year are a rule. */
const MAX_RECURRING_DAYS = 92;

/**
 * The same for an exception: a span of at least one day that is closed, or is open at other times, or has pauses.
 *
 * @throws DomainError `invalid-time` (`part`: `from`, `to`, `start`, `end`), `invalid` (`part`: `windows`, `pauses`) or `invalid-rule`
 * (`part`: an RRULE part, or `RRULE` as a whole)
 */
export function assertException(exception: Omit<HoursException, 'id' | 'reason'>): void {
  const { from, to, closed, windows, pauses, rrule } = exception;
  assertDate('from', from);
  assertDate('to', to);
  if (to <= from)
    throw refused('invalid-time', 'to', 'expected the day after the last one that is meant, so a day after `from`');
  if (closed && windows.length) throw refused('invalid', 'windows', 'expected none in a closure');
  if (pauses && windows.length) throw refused('invalid', 'windows', 'expected none beside pauses');
  if (pauses && (closed || !pauses.length)) throw refused('invalid', 'pauses', 'expected at least one, in no closure');
  if (!closed && !pauses && !windows.length)
    throw refused('invalid', 'windows', 'expected at least one in a special opening');
  for (const window of [...windows, ...(pauses ?? [])]) assertWindow(window);
  if (rrule !== undefined) assertRecurs(rrule, { from, to });
}

/** RFC 5545 §3.8.5.3: the DTSTART is the first occurrence, and where the rule does not meet it nothing is defined. */
function assertRecurs(rrule: string, { from, to }: Pick<HoursException, 'from' | 'to'>): void {
  assertUnambiguous(parseRule(rrule));
  if (occurrences({ rrule, from }, from, addDays(from, 1)).length === 0)
    throw refused('invalid-rule', 'RRULE', 'expected a rule that `from` is the first day of');
  if (daysBetween(from, to) > MAX_RECURRING_DAYS)
    throw refused('invalid-time', 'to', `expected at most ${MAX_RECURRING_DAYS} days of what comes again`);
}

function assertDate(part: string, date: LocalDate): void {
  named(part, () => parseLocalDate(date));
}

function assertTime(part: string, time: string): void {
  named(part, () => parseLocalTime(time));
}

/** A refusal that says which part it is about. */
function named(part: string, read: () => string): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, { ...error.details, part, reason: `${part}: ${error.details.reason}` });
  }
}

function refused(code: 'invalid' | 'invalid-rule' | 'invalid-time', part: string, reason: string): DomainError {
  return new DomainError(code, { part, reason: `${part}: ${reason}` });
}
