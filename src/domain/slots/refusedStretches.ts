import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { dayInterval, localDate } from '../calendar/zone';
import type { Desk } from '../desk';
import { groupBy } from '../groupBy';
import type { WhyNot } from './whyNot';

/** A stretch of one advisor's day: at no start in [start, end) can the booking come to them. */
export interface RefusedStretch extends Interval {
  readonly advisorId: string;
  readonly against: WhyNot;
}

/**
 * Cuts each day from its first opening to its last closing, pauses included, at the starts of the desk's grid. In a
 * pause the grid of the window before it goes on.
 *
 * @param range starts in [range.start, range.end); a stretch ends there, too
 * @returns ascending and disjoint
 */
export function gridStretches(
  { hours, gridMinutes }: Pick<Desk, 'hours' | 'gridMinutes'>,
  range: Interval,
): Interval[] {
  const step = gridMinutes * MINUTE;
  const dayAt = (at: Instant) => dayInterval(localDate(at, hours.timeZone), hours.timeZone);
  const whole = { start: dayAt(range.start).start, end: dayAt(range.end).end };
  const days = groupBy(openingWindows(hours, whole), ({ start }) => localDate(start, hours.timeZone));
  return [...days.values()]
    .flatMap((windows) =>
      windows.flatMap((window, i) => [
        ...cut(window, step),
        ...cut({ start: window.end, end: windows[i + 1]?.start ?? window.end }, step),
      ]),
    )
    .filter(({ start }) => range.start <= start && start < range.end)
    .map(({ start, end }) => ({ start, end: Math.min(end, range.end) }));
}

function cut({ start, end }: Interval, step: number): Interval[] {
  return Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => {
    const from = start + i * step;
    return { start: from, end: Math.min(from + step, end) };
  });
}

/**
 * Joins the stretches of an advisor that touch and that are refused for the same reason.
 *
 * @param stretches ascending and disjoint, as `gridStretches` returns them
 * @param against why the booking cannot come at a start; null: it can, or it is there now
 */
export function refusedStretches(
  stretches: readonly Interval[],
  advisorId: string,
  against: (start: Instant) => WhyNot | null,
): RefusedStretch[] {
  const joined: RefusedStretch[] = [];
  for (const { start, end } of stretches) {
    const rule = against(start);
    if (!rule) continue;
    const last = joined.at(-1);
    if (last?.end === start && isSame(last.against, rule)) joined[joined.length - 1] = { ...last, end };
    else joined.push({ start, end, advisorId, against: rule });
  }
  return joined;
}

/** Tells whether two reasons would be said in the same words. */
function isSame(a: WhyNot, b: WhyNot): boolean {
  return a.why === b.why && JSON.stringify(a) === JSON.stringify(b);
}
