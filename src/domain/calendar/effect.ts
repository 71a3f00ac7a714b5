import { addDays } from './dates';
import { daysOf } from './exceptions';
import type { Hours, HoursException, LocalDate } from './hours';
import { localDays } from './localDays';

/** What one more exception does to the hours. */
export interface Effect {
  /** `true` if on one of its days the windows are others than without it. */
  readonly changes: boolean;
  /** If it changes nothing: the older exception that is in its way. Null: holidays and rules have it so already. */
  readonly beatenBy: HoursException | null;
}

/** What comes again is looked at for so long, and all of what is rare: 29 February is a Sunday every 28 years, or after 40. */
const NEAR_DAYS = 400;
const FAR_DAYS = 15_000;
const RARE = 60;

/**
 * Whether an exception that is entered now, as the newest, changes when the desk is open. One without effect is to be refused with what
 * beats it: the newest without which it would have one, or else the newest about the same days that decides them.
 *
 * @param hours without it
 * @param exception accepted by `assertException`
 */
export function effectOf(hours: Hours, exception: HoursException): Effect {
  const runs = runsOf(exception);
  const changes = (older: readonly HoursException[]) =>
    runs.some(({ from, to }) => {
      const windows = (exceptions: readonly HoursException[]) =>
        JSON.stringify(localDays({ ...hours, exceptions }, from, to).map((day) => day.windows));
      return windows(older) !== windows([...older, exception]);
    });
  if (changes(hours.exceptions)) return { changes: true, beatenBy: null };

  const about = hours.exceptions
    .filter((older) => runs.some(({ from, to }) => daysOf(older, from, to).length > 0))
    .toReversed();
  const inTheWay = about.find((each) => changes(hours.exceptions.filter((older) => older !== each)));
  return { changes: false, beatenBy: inTheWay ?? about.find(({ pauses }) => !pauses) ?? about[0] ?? null };
}

/** Its days as stretches of days on end, ascending, half-open. */
function runsOf(exception: HoursException): { from: LocalDate; to: LocalDate }[] {
  const { from, to, rrule } = exception;
  if (rrule === undefined) return [{ from, to }];
  const near = daysOf(exception, from, addDays(from, NEAR_DAYS));
  const days = near.length < RARE ? daysOf(exception, from, addDays(from, FAR_DAYS)).slice(0, RARE) : near;

  const runs: { from: LocalDate; to: LocalDate }[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.to === day) last.to = addDays(day, 1);
    else runs.push({ from: day, to: addDays(day, 1) });
  }
  return runs;
}
