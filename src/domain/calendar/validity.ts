import { DomainError } from '../errors';
import { addDays, parseLocalDate, parseLocalTime } from './dates';
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
 * A window lies within one day: the desk that is open over midnight has two.
 *
 * @throws DomainError `invalid-time` (`part`: `start` or `end`)
 */
export function assertWindow({ start, end }: LocalWindow): void {
  assertTime('start', start);
  if (end !== '24:00') assertTime('end', end);
  if (start >= end)
    throw refused('invalid-time', 'end', 'expected a time after the start, on the same day (at most 24:00)');
}

/**
 * The same for an exception: a span of at least one day that is closed and has no windows, or is open and has some.
 *
 * @throws DomainError `invalid-time` (`part`: `from`, `to`, `start`, `end`) or `invalid` (`part`: `windows`)
 */
export function assertException(exception: Pick<HoursException, 'from' | 'to' | 'closed' | 'windows'>): void {
  const { from, to, closed, windows } = exception;
  assertDate('from', from);
  assertDate('to', to);
  if (to <= from)
    throw refused('invalid-time', 'to', 'expected the day after the last one that is meant, so a day after `from`');
  if (closed && windows.length) throw refused('invalid', 'windows', 'expected none in a closure');
  if (!closed && !windows.length) throw refused('invalid', 'windows', 'expected at least one in a special opening');
  for (const window of windows) assertWindow(window);
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
