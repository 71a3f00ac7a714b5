import { DomainError } from '../errors';
import { addDays, daysBetween, parseLocalDate, parseLocalTime } from './dates';
import type { HoursException, HoursRule, LocalDate, LocalWindow } from './hours';
import { occurrences, parseRule } from './recurrence';
import { assertUnambiguous } from './ruleText';

/**
 * Days after a rule's first day in which it must open a day, tried in this order. 15,000 days are 41 years: 29 February
 * falls on a Monday every 28 years, or after 40 where a century year is no leap year.
 */
const FAR_DAYS = [400, 15_000];

/**
 * Checks a rule where it comes in (API, desk file). A rule that passes can be expanded without a refusal, opens at
 * least one day, and is read in the same way by other calendar programs.
 *
 * @throws DomainError `invalid-rule` (`part`: an RRULE part, `RRULE` as a whole, `until`) or `invalid-time` (`part`:
 *   `start`, `end`, `from`, `until`)
 */
export function assertHoursRule(rule: HoursRule): void {
  assertUnambiguous(parseRule(rule.rrule));
  assertWindow(rule);
  if (rule.from !== undefined) assertDate('from', rule.from);
  if (rule.until !== undefined) assertDate('until', rule.until);

  const from = rule.from ?? '1970-01-01';
  if (rule.until !== undefined && rule.until <= from)
    throw refused('invalid-rule', 'until', 'expected a day after `from`');
  if (!FAR_DAYS.some((days) => occurrences(rule, from, addDays(from, days)).length > 0))
    throw refused('invalid-rule', rule.until ? 'until' : 'RRULE', 'the rule opens no day from its first to its last');
}

/**
 * Checks that a window has valid times and is not empty. An end before the start lies on the next day; `24:00` is
 * allowed as an end.
 *
 * @throws DomainError `invalid-time` (`part`: `start` or `end`)
 */
export function assertWindow({ start, end }: LocalWindow): void {
  assertTime('start', start);
  if (end !== '24:00') assertTime('end', end);
  if (start === end)
    throw refused('invalid-time', 'end', 'expected another time than the start; a whole day is 00:00 to 24:00');
}

/** The longest occurrence of a recurring exception. One that lasts three months every year is a rule. */
const MAX_RECURRING_DAYS = 92;

/**
 * Checks an exception where it comes in: it spans at least one day and is either closed, or open at other times, or has
 * pauses.
 *
 * @throws DomainError `invalid-time` (`part`: `from`, `to`, `start`, `end`), `invalid` (`part`: `windows`, `pauses`) or
 *   `invalid-rule` (`part`: an RRULE part, or `RRULE` as a whole)
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

/**
 * Checks that `from` is an occurrence of the rule, because RFC 5545 §3.8.5.3 leaves a DTSTART that does not fit its
 * rule undefined.
 */
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

/** Adds the name of the part to a refusal of `read`. */
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
