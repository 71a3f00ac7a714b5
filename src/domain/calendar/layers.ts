import type { Text } from '../text';
import { addDays } from './dates';
import { exceptionsByDay } from './exceptions';
import { publicHolidays } from './holidays';
import type { Hours, HoursException, LocalDate, LocalWindow } from './hours';
import { localDays } from './localDays';

/** What an exception does to one of its days. A beaten one does nothing there, because a newer one decides the day. */
type LayerEffect = 'decides' | 'pauses' | 'beaten';

/** One day with all that has been entered about it. */
export interface DayLayers {
  readonly date: LocalDate;
  /** When the desk is open, in the form of `LocalDay.windows`. */
  readonly windows: readonly LocalWindow[];
  /** What the rules alone would open. */
  readonly usual: readonly LocalWindow[];
  /** The public holiday, and whether it counts; null: it is none. */
  readonly holiday: { readonly name: Text; readonly isBeaten: boolean } | null;
  /** The newest first. */
  readonly exceptions: readonly { readonly exception: HoursException; readonly effect: LayerEffect }[];
}

/** Tells for the days of [from, to) which of rules, holidays and exceptions their hours come from. */
export function dayLayers(hours: Hours, from: LocalDate, to: LocalDate): DayLayers[] {
  const about = exceptionsByDay(hours.exceptions, from, to);
  const holidays = hours.holidays ? publicHolidays(hours.holidays, from, to) : new Map<LocalDate, { name: Text }>();
  return localDays(hours, from, to).map(({ date, windows, usual }) => {
    const all = about.get(date) ?? [];
    const deciding = all.findLast(({ pauses }) => !pauses);
    const holiday = holidays.get(date);
    return {
      date,
      windows,
      usual,
      holiday: holiday ? { name: holiday.name, isBeaten: deciding !== undefined } : null,
      exceptions: all.toReversed().map((exception) => ({
        exception,
        effect: exception === deciding ? 'decides' : effectOf(hours, exception, date),
      })),
    };
  });
}

/** Returns whether the day would be another without an exception that does not decide it. */
function effectOf(hours: Hours, exception: HoursException, date: LocalDate): LayerEffect {
  if (!exception.pauses) return 'beaten';
  const windows = (exceptions: Hours['exceptions']) =>
    JSON.stringify(localDays({ ...hours, exceptions }, date, addDays(date, 1))[0]?.windows);
  const others = hours.exceptions.filter((each) => each !== exception);
  return windows(hours.exceptions) === windows(others) ? 'beaten' : 'pauses';
}
