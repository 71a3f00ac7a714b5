import { addDays } from './dates';
import type { Hours, LocalDate, LocalWindow } from './hours';
import { differs, localDays, type Override } from './localDays';

/** Consecutive days that differ from the rules for the same reason: [from, to), so `to` is the first day after them. */
interface ChangedDays {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /**
   * The holiday or exception that changes these days; it stands here also when it opens the desk instead of closing it.
   */
  readonly closed: Override;
  /**
   * The windows that are open instead, the same on each of these days, in the form of `LocalDay.windows`. Empty means
   * closed.
   */
  readonly windows: readonly LocalWindow[];
}

/**
 * Finds the days among the `days` days from `from` whose windows differ from what the rules say: days that are closed,
 * shorter, longer, or open although no rule opens them. The result ascends, and neighbouring days with the same reason
 * are joined. A weekend inside a long closure does not split it; a weekend at the edge of one is not counted as part of
 * it.
 */
export function nextChanges(hours: Hours, from: LocalDate, days: number): ChangedDays[] {
  const changes: ChangedDays[] = [];
  // The reason shared by all days from the last change up to the previous day; null once a day had no reason or another
  // one.
  let reaching: string | null = null;

  for (const day of localDays(hours, from, addDays(from, days))) {
    const last = changes.at(-1);
    const reason = day.override && JSON.stringify([day.override, day.windows]);
    const to = addDays(day.date, 1);
    if (reason !== reaching) reaching = null;
    if (!day.override || !differs(day)) continue;

    if (last && reaching !== null) changes[changes.length - 1] = { ...last, to };
    else changes.push({ from: day.date, to, closed: day.override, windows: day.windows });
    reaching = reason;
  }
  return changes;
}
