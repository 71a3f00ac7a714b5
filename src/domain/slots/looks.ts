import type { Instant } from '../calendar/interval';

/**
 * The number of times that a search may still look at an advisor. It bounds the work of a search in a way that is the
 * same on every machine. All queries about one week of one snapshot share the number, and when none are left nothing
 * more is found.
 */
export interface Looks {
  left: number;
  readonly most: number;
}

/** So many looks take some ten milliseconds. */
export const MAX_LOOKS_A_WEEK = 20_000;

/** Returns a function from the beginning of a week to the week's budget of `most` looks. */
export function looksOf(most: number): (week: Instant) => Looks {
  const weeks = new Map<Instant, Looks>();
  return (week) => {
    const known = weeks.get(week) ?? { left: most, most };
    weeks.set(week, known);
    return known;
  };
}

/** Uses one look. @returns `false` if none was left; without a budget there always is one */
export function spend(looks: Looks | undefined): boolean {
  if (!looks) return true;
  if (looks.left <= 0) return false;
  looks.left--;
  return true;
}

/** Returns `true` if the budget is spent. The search then ended early, and what it did not find may exist. */
export function areSpent(looks: Looks | undefined): boolean {
  return looks !== undefined && looks.left <= 0;
}

/** Returns `true` if nobody has used a look: whatever was found was known before, or needed no search. */
export function areWhole(looks: Looks): boolean {
  return looks.left === looks.most;
}
