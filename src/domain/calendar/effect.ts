import { addDays } from './dates';
import { daysOf } from './exceptions';
import type { Hours, HoursException, LocalDate } from './hours';
import { localDays } from './localDays';

/** What adding one exception does to the opening hours. */
interface Effect {
  /** `true` if the windows of at least one of its days change. */
  readonly changes: boolean;
  /**
   * If nothing changes: the older exception that overrides the new one. Null if holidays and rules give the same hours
   * already.
   */
  readonly beatenBy: HoursException | null;
}

/** A recurring exception is compared on its days in the next 400 days. */
const NEAR_DAYS = 400;
/** A rarer one is compared over 4,400 days (twelve years), because by then a date has fallen on every weekday. */
const FAR_DAYS = 4_400;
/**
 * An exception with fewer days than this in `NEAR_DAYS` counts as rare, and at most so many of its days are compared.
 */
const MAX_RARE_DAYS = 60;
/**
 * The older exception that overrides the new one is looked for on its first 8 days, among the 8 newest older
 * exceptions.
 */
const DAYS_LOOKED_AT = 8;
const MAX_TRIED_MOVES = 8;

/**
 * Tells whether an exception that is entered now, as the newest, changes when the desk is open. The caller refuses one
 * without effect and names the older exception that overrides it: the newest one without which the new exception would
 * have an effect, or else the newest one that decides the same days.
 *
 * @param hours the hours without the new exception
 * @param exception one that `assertException` accepted
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
  return near.length < MAX_RARE_DAYS ? daysOf(exception, from, addDays(from, FAR_DAYS)).slice(0, MAX_RARE_DAYS) : near;
}

function isAbout(exception: HoursException, days: readonly LocalDate[]): boolean {
  const last = days.at(-1);
  if (days[0] === undefined || last === undefined) return false;
  const own = new Set(daysOf(exception, days[0], addDays(last, 1)));
  return days.some((day) => own.has(day));
}

/**
 * Joins days into half-open spans, so that each span takes one call of `localDays`. Days at most a week apart share a
 * span; the days between them do no harm, because the exception changes nothing there.
 */
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
