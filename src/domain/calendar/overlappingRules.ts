import { DomainError } from '../errors';
import { addDays, minuteOfDay } from './dates';
import type { HoursRule, LocalDate } from './hours';
import { occurrences } from './recurrence';
import { joined } from './stretches';

/** Where two rules of a desk open it twice. */
interface Overlap {
  /** The positions of the rules. */
  readonly first: number;
  readonly second: number;
  /** The first day on which both open it. */
  readonly date: LocalDate;
}

/** How far rules are compared: twelve years, in which each date falls on each weekday. */
const COMPARED_DAYS = 4_400;

/**
 * Refuses rules of which two open the desk at the same time. Windows that touch are no overlap. Rules that overlap would
 * open the desk as one does, but nobody can tell which of them has to be changed.
 *
 * @param today what is over plays no part
 * @throws DomainError `invalid-rule` with `part: 'overlap'` and the `Overlap`
 */
export function assertApart(rules: readonly HoursRule[], today: LocalDate): void {
  const overlap = overlapOf(rules, today);
  if (!overlap) return;
  const { first, second, date } = overlap;
  const reason = `overlaps rule ${first + 1} on ${date}: expected windows that do not overlap`;
  throw new DomainError('invalid-rule', { part: 'overlap', reason, first, second, date });
}

function overlapOf(rules: readonly HoursRule[], today: LocalDate): Overlap | undefined {
  for (const [second, rule] of rules.entries())
    for (const [first, other] of rules.slice(0, second).entries()) {
      const date = commonDay(other, rule, today);
      if (date !== undefined) return { first, second, date };
    }
  return undefined;
}

function commonDay(one: HoursRule, other: HoursRule, today: LocalDate): LocalDate | undefined {
  const shifts = [0, 1, -1].filter((days) => meet(one, other, days));
  if (shifts.length === 0) return undefined;
  const from = [one.from ?? today, other.from ?? today, today].sort()[2] as LocalDate;
  const to = [one.until, other.until, addDays(from, COMPARED_DAYS)].filter((day) => day !== undefined).sort()[0];
  const [own, others] = [one, other].map((rule) => occurrences(rule, addDays(from, -1), to as LocalDate));
  const there = new Set(others);
  return own?.find((date) => shifts.some((days) => there.has(addDays(date, days))));
}

/** Tells whether the window of `one` meets the window of `other` that begins `days` days later. */
function meet(one: HoursRule, other: HoursRule, days: number): boolean {
  const [own, their] = [joined([one])[0], joined([other])[0]];
  const later = (time: string) => minuteOfDay(time) + days * MINUTES_PER_DAY;
  return (
    own !== undefined &&
    their !== undefined &&
    minuteOfDay(own.start) < later(their.end) &&
    later(their.start) < minuteOfDay(own.end)
  );
}

const MINUTES_PER_DAY = 24 * 60;
