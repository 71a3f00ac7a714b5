import type { Hours, LocalDate } from './hours';
import type { Interval } from './interval';
import { type OpeningDay, type Override, openingDays } from './openingHours';

/** A day on which the desk would be open at other times. */
export interface ChangedDay {
  readonly date: LocalDate;
  readonly before: readonly Interval[];
  readonly after: readonly Interval[];
  /** What decides the day then, if not the rules alone. */
  readonly reason: Override | null;
}

/** Returns the days of [from, to) whose windows differ between two versions of a desk's hours, ascending. */
export function changedDays(before: Hours, after: Hours, from: LocalDate, to: LocalDate): ChangedDay[] {
  const old = openingDays(before, from, to);
  return openingDays(after, from, to).flatMap((day, i): ChangedDay[] => {
    const windows = old[i]?.windows ?? [];
    const isSame = JSON.stringify(windows) === JSON.stringify(day.windows);
    return isSame ? [] : [{ date: day.date, before: windows, after: day.windows, reason: reasonOf(day) }];
  });
}

function reasonOf({ closed, reason }: OpeningDay): Override | null {
  return reason ?? (closed && closed.kind !== 'no_rule' ? closed : null);
}
