import { addDays } from './dates';
import type { Hours, LocalDate, LocalWindow } from './hours';
import { differs, localDays, type Override } from './localDays';

/** Days on end that differ from the rules for one reason. `to` is the first day that is not meant. */
export interface ChangedDays {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The holiday, or the exception with its reason, also where that opens. */
  readonly closed: Override;
  /** What is open instead, the same on every day, as `LocalDay` has it; empty: closed. */
  readonly windows: readonly LocalWindow[];
}

/**
 * The days among the `days` days from `from` that are not as the rules say: closed, shortened, longer, or open at all.
 * Ascending; neighbours with the same reason joined. A weekend inside a long closure neither ends it nor is named at its edges.
 */
export function nextChanges(hours: Hours, from: LocalDate, days: number): ChangedDays[] {
  const changes: ChangedDays[] = [];
  // The reason that reaches from the last change to the day before; null as soon as a day has none or another.
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
