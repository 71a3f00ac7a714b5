import { type Interval, MINUTE } from '../calendar/interval';
import { type Advisor, type Desk, type Topic, topicsOnOffer } from '../desk';
import { canTake } from '../offering';
import { candidates } from './candidates';

/** What a time in which an advisor is free is good for: their topics of which one fits, and those of which none does. */
export interface GapUse {
  readonly fit: readonly Topic[];
  readonly misfit: readonly Topic[];
}

/**
 * Returns a function that tells for a gap of an advisor which topics they cover could still be booked in it. Like
 * `freeSlots` it starts on the grid of the desk's windows and lets the buffer end in the gap.
 *
 * @param windows the windows of the desk around the gaps, uncut, as `openingWindows` returns them
 */
export function gapUses(
  desk: Pick<Desk, 'topics' | 'gridMinutes'>,
  windows: readonly Interval[],
): (advisor: Advisor, gap: Interval) => GapUse {
  const offered = topicsOnOffer(desk).map((topic) => {
    const { durationMinutes: duration, bufferMinutes: buffer } = topic;
    const starts = candidates(windows, { duration, buffer, grid: desk.gridMinutes }).map(({ start }) => start);
    return { topic, starts, blockedMs: (duration + buffer) * MINUTE };
  });
  return (advisor, gap) => {
    const covered = offered.filter(({ topic: { id: topicId, modes: mode } }) =>
      canTake(advisor, { topicId, language: null, mode }),
    );
    const fits = ({ starts, blockedMs }: (typeof offered)[number]) =>
      starts.some((start) => gap.start <= start && start + blockedMs <= gap.end);
    return {
      fit: covered.filter(fits).map(({ topic }) => topic),
      misfit: covered.filter((each) => !fits(each)).map(({ topic }) => topic),
    };
  };
}
