import { type Interval, intersect, subtract } from '../calendar/interval';
import { workingWindows } from '../calendar/openingHours';
import type { Absence, Advisor, Desk } from '../desk';
import { groupBy } from '../groupBy';
import { memo } from '../memo';
import { teamOf } from '../team';
import { termOf } from '../term';

/** When the desk is open, and the range that can be asked about. */
interface OpenTime {
  /** Ascending and disjoint. */
  readonly open: readonly Interval[];
  readonly reach: Interval;
}

/**
 * Returns a function that tells when an advisor works: inside the desk's windows and outside of absences, ascending and
 * disjoint. For all who work whenever the desk is open it returns the same array.
 */
export function shiftsOf(
  { advisors, hours }: Pick<Desk, 'advisors' | 'hours'>,
  absences: readonly Absence[],
  openTime: OpenTime,
): (advisorId: string) => readonly Interval[] {
  const { byId } = teamOf({ advisors });
  const away = groupBy(absences, ({ advisorId }) => advisorId);
  return memo(advisors.length, (advisorId: string) => {
    const advisor = byId.get(advisorId);
    if (!advisor) return [];
    const works = worksIn({ hours }, advisor, openTime);
    const absent = away.get(advisorId)?.map(({ time }) => time);
    return absent ? subtract(works, absent) : works;
  });
}

/**
 * Returns when the advisor works inside the desk's windows, not considering absences.
 *
 * @param openTime `reach` is all of the time that `open` is asked about
 */
export function worksIn(desk: Pick<Desk, 'hours'>, advisor: Advisor, { open, reach }: OpenTime): readonly Interval[] {
  const { workingRules, retired } = advisor;
  if (retired) return [];
  const zone = desk.hours.timeZone;
  const works = workingRules.length === 0 ? open : intersect(open, workingWindows(workingRules, zone, reach));
  const term = termOf(advisor, zone);
  return term === null ? works : intersect(works, [term]);
}

/** Tells whether `wanted` lies wholly inside one of the intervals. @param free ascending and disjoint */
export function fits(free: readonly Interval[], wanted: Interval): boolean {
  let [low, high] = [0, free.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((free[middle] as Interval).end < wanted.end) low = middle + 1;
    else high = middle;
  }
  const stretch = free[low];
  return stretch !== undefined && stretch.start <= wanted.start;
}
