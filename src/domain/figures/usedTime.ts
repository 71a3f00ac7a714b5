import { type FactCount, outcomeOf } from './monthTables';
import { SUPPRESSED_BELOW } from './suppression';

/** How much of the time in which advisors could have given advice was used for it, in one month. */
export interface UsedTime {
  readonly offeredHours: number;
  /** Rounded; null: hidden, or no time was offered. */
  readonly usedPercent: number | null;
}

const MINUTES_AN_HOUR = 60;
/** The percentage is rounded to the first of these that stands for the time of five long consultations. */
const STEPS_PERCENT = [5, 10, 20, 25, 50] as const;
const LONG_CONSULTATION_MINUTES = 60;

/**
 * Returns how much of the offered time was used. It is rounded so coarsely that it does not tell how long single
 * consultations took, and so what they were about.
 */
export function usedTime(offeredMinutes: number, facts: readonly FactCount[]): UsedTime {
  const held = facts.filter((fact) => outcomeOf(fact) === 'held');
  const count = held.reduce((sum, fact) => sum + fact.count, 0);
  const minutes = held.reduce((sum, fact) => sum + fact.minutes, 0);
  const least = SUPPRESSED_BELOW * LONG_CONSULTATION_MINUTES;
  const step = STEPS_PERCENT.find((each) => (offeredMinutes * each) / 100 >= least);
  const isHidden = step === undefined || (count > 0 && count < SUPPRESSED_BELOW);
  return {
    offeredHours: Math.round(offeredMinutes / MINUTES_AN_HOUR),
    usedPercent: isHidden ? null : Math.min(100, Math.round((100 * minutes) / offeredMinutes / step) * step),
  };
}
