import { type Interval, overlaps } from '../calendar/interval';
import type { Capacities, Mode } from '../desk';

/** A consultation with its mode. It uses a place for its duration without the buffer, which only the advisor needs. */
export interface InMode {
  readonly mode: Mode;
  readonly consultation: Interval;
}

/** A mode that has a place left, and the number of places left in all modes of the query. */
interface Places {
  readonly mode: Mode;
  /** At least 1; `Infinity` if no mode is limited. */
  readonly left: number;
}

/**
 * Counts how many more consultations the desk has places for, such as rooms and video stations. Places do not depend on
 * the advisor, so they are checked before the matching and apart from it.
 *
 * @param taken all consultations of the time in question; read only if a mode is limited
 * @returns a function of a time. It returns the first of `modes` that has a place during all of it, or undefined if
 *   none has.
 */
export function capacityFor(
  capacities: Capacities,
  taken: () => readonly InMode[],
): (modes: readonly Mode[], time: Interval) => Places | undefined {
  const isLimited = Object.keys(capacities).length > 0;
  const limited = isLimited ? taken().filter(({ mode }) => capacities[mode] !== undefined) : [];
  return (modes, time) => {
    const places = modes
      .map((mode) => ({ mode, left: (capacities[mode] ?? Number.POSITIVE_INFINITY) - usedIn(limited, mode, time) }))
      .filter(({ left }) => left > 0);
    return places[0] && { mode: places[0].mode, left: places.reduce((sum, { left }) => sum + left, 0) };
  };
}

/**
 * Returns the most consultations at one moment of `time`. The maximum is reached where one of them begins, or at the
 * beginning of `time`.
 */
function usedIn(taken: readonly InMode[], mode: Mode, time: Interval): number {
  const during = taken.filter((each) => each.mode === mode && overlaps(each.consultation, time));
  const moments = [time.start, ...during.map(({ consultation }) => consultation.start)].filter(
    (moment) => time.start <= moment,
  );
  return Math.max(
    ...moments.map((at) => during.filter(({ consultation: { start, end } }) => start <= at && at < end).length),
  );
}
