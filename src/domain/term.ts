import type { LocalDate } from './calendar/hours';
import type { Interval } from './calendar/interval';
import { startOfDay } from './calendar/zone';
import type { Advisor } from './desk';

/** Returns the time from an advisor's first day to their last; null: it is unbounded. */
export function termOf({ from, until }: Pick<Advisor, 'from' | 'until'>, zone: string): Interval | null {
  if (from === undefined && until === undefined) return null;
  return {
    start: from === undefined ? Number.MIN_SAFE_INTEGER : startOfDay(from, zone),
    end: until === undefined ? Number.MAX_SAFE_INTEGER : startOfDay(until, zone),
  };
}

/** Tells whether the advisor gives consultations on the day, as far as their first and last day say so. */
export function isThereOn(
  { from, until, retired }: Pick<Advisor, 'from' | 'until' | 'retired'>,
  date: LocalDate,
): boolean {
  return !retired && (from === undefined || from <= date) && (until === undefined || date < until);
}
