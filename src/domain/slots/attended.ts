import { type Interval, union } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import type { Absence, Desk } from '../desk';
import type { LanguageTag } from '../text';
import { shiftsOf } from './shifts';

/**
 * Returns a function that tells when somebody is there who speaks a language: inside the desk's windows that share time
 * with `range`, outside of absences, ascending and disjoint.
 */
export function attendedIn(
  desk: Pick<Desk, 'advisors' | 'hours'>,
  absences: readonly Absence[],
  range: Interval,
): (language: LanguageTag) => readonly Interval[] {
  const open = openingWindows(desk.hours, range);
  const shifts = shiftsOf(desk, absences, { open, reach: range });
  return (language) =>
    union(desk.advisors.filter(({ languages }) => languages.includes(language)).flatMap(({ id }) => [...shifts(id)]));
}
