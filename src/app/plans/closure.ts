import type { PlannedAbsence } from '../../domain/booking/absencePlan';
import { addDays, eachDay } from '../../domain/calendar/dates';
import type { Hours, HoursException, HoursRule } from '../../domain/calendar/hours';
import { dayInterval, localDate, localTime } from '../../domain/calendar/zone';
import { DomainError } from '../../domain/errors';

/** Returns the exceptions that a plan enters at the desk: those of its change of hours, or a closure. */
export function plannedExceptions(
  hours: Pick<Hours, 'timeZone'>,
  plan: Pick<PlannedAbsence, 'hours' | 'time' | 'notice'>,
): HoursException[] {
  return plan.hours ? plan.hours.exceptions.map((entry) => ({ ...entry, id: '' })) : closureOf(hours, plan);
}

/**
 * Returns the exceptions that close a desk for a while: one for each day, which takes that time from the day's windows.
 * A day that is closed throughout is a closure. The ids are empty.
 */
export function closureOf(
  { timeZone }: Pick<Hours, 'timeZone'>,
  { time, notice }: Pick<PlannedAbsence, 'time' | 'notice'>,
): HoursException[] {
  const last = localDate(time.end - 1, timeZone);
  return eachDay(localDate(time.start, timeZone), addDays(last, 1)).map((date) => {
    const day = dayInterval(date, timeZone);
    const entry = { id: '', from: date, to: addDays(date, 1), windows: [], reason: notice };
    if (time.start <= day.start && day.end <= time.end) return { ...entry, closed: true };
    const start = time.start <= day.start ? '00:00' : localTime(time.start, timeZone);
    const end = day.end <= time.end ? '24:00' : localTime(time.end, timeZone);
    return { ...entry, closed: false, pauses: [{ start, end }] };
  });
}

/**
 * Makes sure that the rules of a desk are still those that a plan was made for: it replaces all of them, and would take
 * back what somebody else has changed since.
 *
 * @throws DomainError `version-moved-on`
 */
export function assertSameRules({ rules }: Pick<Hours, 'rules'>, seen: readonly HoursRule[]): void {
  const written = (all: readonly HoursRule[]) =>
    JSON.stringify(all.map(({ rrule, start, end, from, until, kind }) => [rrule, start, end, from, until, kind]));
  if (written(rules) !== written(seen)) throw new DomainError('version-moved-on');
}
