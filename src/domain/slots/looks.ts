import type { Instant } from '../calendar/interval';

/**
 * How often a search may still look at an advisor: a bound on its work that is the same on every machine. All questions about one week
 * share it, so that nobody's question is dearer than a bounded number of looks. Whoever has none left finds nothing more.
 */
export interface Looks {
  left: number;
}

/** Some ten milliseconds. */
export const MAX_LOOKS_A_WEEK = 20_000;

/** So many for each week that is asked about, by the week's beginning. */
export function looksOf(most: number): (week: Instant) => Looks {
  const weeks = new Map<Instant, Looks>();
  return (week) => {
    const known = weeks.get(week) ?? { left: most };
    weeks.set(week, known);
    return known;
  };
}

/** @returns whether there was one left; without a bound there always is */
export function spend(looks: Looks | undefined): boolean {
  if (!looks) return true;
  if (looks.left <= 0) return false;
  looks.left--;
  return true;
}

/** Whether the search had to end before its time: what was not found may be there. */
export function areSpent(looks: Looks | undefined): boolean {
  return looks !== undefined && looks.left <= 0;
}
