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

/** What comes again is looked at for so long, what is rare for twelve years: by then a date has been every day of the week. */
const NEAR_DAYS = 400;
const FAR_DAYS = 4_400;
const RARE = 60;
/** What beats it is looked for on so many of its days, among so many of the newest. */
const DAYS_LOOKED_AT = 8;
const MAX_TRIED_MOVES = 8;

/**
 * Whether an exception that is entered now, as the newest, changes when the desk is open. One without effect is to be refused with what
 * beats it: the newest without which it would have one, or else the newest about the same days that decides them.
 *
 * @param hours without it
 * @param exception accepted by `assertException`
 */
export function effectOf(hours: Hours, exception: HoursException): Effect {
  const days = ownDays(exception);
  const changes = (older: readonly HoursException[], on: readonly LocalDate[]) =>
    runsOf(on).some((run) => {
      const windows = (exceptions: readonly HoursException[]) =>
        JSON.stringify(localDays({ ...hours, exceptions }, run.from, run.to).map((day) => day.windows));
      return windows(older) !== windows([...older, exception]);
    });
  if (changes(hours.exceptions, days)) return { changes: true, beatenBy: null };

  const first = days.slice(0, DAYS_LOOKED_AT);
  const about = hours.exceptions.filter((older) => isAbout(older, first)).toReversed();
  const inTheWay = about.slice(0, MAX_TRIED_MOVES).find((each) =>
    changes(
      hours.exceptions.filter((older) => older !== each),
      first,
    ),
  );
  return { changes: false, beatenBy: inTheWay ?? about.find(({ pauses }) => !pauses) ?? about[0] ?? null };
}

function ownDays(exception: HoursException): LocalDate[] {
  const { from, to, rrule } = exception;
  if (rrule === undefined) return daysOf(exception, from, to);
  const near = daysOf(exception, from, addDays(from, NEAR_DAYS));
  return near.length < RARE ? daysOf(exception, from, addDays(from, FAR_DAYS)).slice(0, RARE) : near;
}

function isAbout(exception: HoursException, days: readonly LocalDate[]): boolean {
  const last = days.at(-1);
  if (days[0] === undefined || last === undefined) return false;
  const own = new Set(daysOf(exception, days[0], addDays(last, 1)));
  return days.some((day) => own.has(day));
}

/** Days as stretches of days on end, half-open: near ones are one question, with days between them on which nothing differs. */
function runsOf(days: readonly LocalDate[]): { from: LocalDate; to: LocalDate }[] {
  const runs: { from: LocalDate; to: LocalDate }[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && day <= addDays(last.to, NEAR_TOGETHER_DAYS)) last.to = addDays(day, 1);
    else runs.push({ from: day, to: addDays(day, 1) });
  }
  return runs;
}

const NEAR_TOGETHER_DAYS = 7;
