import { type Interval, MINUTE, type Minutes } from '../calendar/interval';
import { DomainError } from '../errors';

/** The lengths that decide which slots fit. */
interface SlotShape {
  readonly duration: Minutes;
  /** The advisor's time afterwards; it must fit into the window as well, but is not part of the slot. */
  readonly buffer: Minutes;
  /** A slot starts at its window's start and every `grid` minutes after it. */
  readonly grid: Minutes;
}

/**
 * Returns the slots that fit into the windows, in their order: half-open [start, start + duration), for which [start,
 * start + duration + buffer) lies wholly inside one window. They overlap one another if the grid is finer than that.
 *
 * Windows are in elapsed time (`openingDays` has resolved the wall clock), so the nights of the clock change need no
 * special case.
 *
 * @param windows disjoint and ascending, as `openingWindows` returns them
 * @throws DomainError `invalid` (`part`: `duration`, `buffer`, `grid`) if one is no whole number, or not positive (the
 *   buffer: negative)
 */
export function candidates(windows: readonly Interval[], { duration, buffer, grid }: SlotShape): Interval[] {
  for (const [part, minutes, least] of [
    ['duration', duration, 1],
    ['buffer', buffer, 0],
    ['grid', grid, 1],
  ] as const)
    if (!Number.isSafeInteger(minutes) || minutes < least)
      throw new DomainError('invalid', { part, reason: `${part}: expected whole minutes, at least ${least}` });

  return windows.flatMap((window) => {
    const last = window.end - (duration + buffer) * MINUTE;
    const count = Math.max(0, Math.floor((last - window.start) / (grid * MINUTE)) + 1);
    return Array.from({ length: count }, (_, i) => {
      const start = window.start + i * grid * MINUTE;
      return { start, end: start + duration * MINUTE };
    });
  });
}
