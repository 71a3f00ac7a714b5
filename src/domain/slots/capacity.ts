import { type Interval, overlaps } from '../calendar/interval';
import { type Capacities, isCall, type Mode } from '../desk';
import { memo, perObject } from '../memo';
import type { Engagement } from './engagement';
import { among } from './roster';
import { hasStart, type Starts } from './startBits';
import type { WeekState } from './week';

/** A mode that has a place left, and the number of places left in all modes of the query. */
interface Places {
  readonly mode: Mode;
  /** At least 1; `Infinity` if no mode is limited. */
  readonly left: number;
}

/**
 * Counts how many more consultations the desk has places for, such as rooms and video stations, at each start of a week.
 * Places do not depend on the advisor, so they are counted apart from the matching. A consultation uses a place for its
 * duration without the buffer, which only the advisor needs. Where the desk is reached by phone only, it has no places
 * for other modes.
 *
 * @returns a function of the index of a start. It returns the first of `modes` that has a place during all of it, or
 *   undefined if none has.
 */
export function placesIn(
  week: WeekState,
  { capacities, modes, starts }: { capacities: Capacities; modes: readonly Mode[]; starts: Starts },
): (index: number) => Places | undefined {
  const [first] = modes;
  const isLimited = modes.some((mode) => capacities[mode] !== undefined);
  const unlimited = first && { mode: first, left: Number.POSITIVE_INFINITY };
  const { byPhone } = starts;
  if (!isLimited && !byPhone) return () => unlimited;
  const places = modes.map((mode) => {
    const most = capacities[mode];
    return { mode, most, used: most === undefined ? undefined : usedOf(week, starts)(mode) };
  });
  return (index) => {
    const isByPhone = byPhone !== undefined && hasStart(byPhone, index);
    const free = places
      .filter(({ mode }) => !isByPhone || isCall(mode))
      .map(({ mode, most, used }) => ({
        mode,
        left: most === undefined ? Number.POSITIVE_INFINITY : most - (used?.(index) ?? 0),
      }))
      .filter(({ left }) => left > 0);
    return free[0] && { mode: free[0].mode, left: free.reduce((sum, { left }) => sum + left, 0) };
  };
}

/** The number of modes of one week whose places are remembered: more than there are. */
const MAX_MODES = 8;

/** How many places of a mode are used at a start, at its fullest moment. A start is counted when it is first asked for. */
const usedOf = perObject(({ hours, diary }: WeekState, { times }: Starts) =>
  memo(MAX_MODES, (mode: Mode) =>
    memo(times.length, (index: number): number => {
      const time = times[index] as Interval;
      const engaged = hours.staff.advisors.flatMap(({ id }) => among(diary(id), time));
      return placesUsed(engaged, mode, time);
    }),
  ),
);

/** Returns how many of the places of a mode are used at the fullest moment of `time`. */
export function placesUsed(
  engaged: readonly Pick<Engagement, 'mode' | 'consultation'>[],
  mode: Mode,
  time: Interval,
): number {
  return fullest(
    time,
    engaged.filter((each) => each.mode === mode).map(({ consultation }) => consultation),
  );
}

/**
 * Returns the most consultations at one moment of `time`. The maximum is reached where one of them begins, or at the
 * beginning of `time`.
 */
function fullest(time: Interval, all: readonly Interval[]): number {
  const taken = all.filter((each) => overlaps(each, time));
  const moments = [time.start, ...taken.map(({ start }) => start).filter((start) => time.start < start)];
  return Math.max(...moments.map((at) => taken.filter(({ start, end }) => start <= at && at < end).length));
}
