import { type Interval, overlaps } from '../calendar/interval';
import type { Capacities, Mode } from '../desk';

/** A consultation with its mode; the place is used as long as it takes, the buffer is the advisor's alone. */
export interface InMode {
  readonly mode: Mode;
  readonly consultation: Interval;
}

/** A mode with a place left, and how many there are in all modes that were asked about. */
export interface Places {
  readonly mode: Mode;
  /** At least 1; infinite where nothing is limited. */
  readonly left: number;
}

/**
 * How many more consultations the desk has places for: rooms, video stations. It does not matter who advises in them, so this can be
 * asked before and apart from the matching.
 *
 * @param taken all that takes place; only looked at where something is limited
 * @returns asks about one time: the first of `modes` with a place throughout, or undefined if none has one
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

/** The most that take place at one moment of `time`: reached where one of them begins, or at the beginning. */
function usedIn(taken: readonly InMode[], mode: Mode, time: Interval): number {
  const during = taken.filter((each) => each.mode === mode && overlaps(each.consultation, time));
  const moments = [time.start, ...during.map(({ consultation }) => consultation.start)].filter(
    (moment) => time.start <= moment,
  );
  return Math.max(
    ...moments.map((at) => during.filter(({ consultation: { start, end } }) => start <= at && at < end).length),
  );
}
