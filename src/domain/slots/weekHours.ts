import { LONGEST_CONSULTATION_MS } from '../booking/booking';
import { type Interval, MINUTE } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import { bookableWindows, phoneWindows } from '../calendar/windowKinds';
import type { Absence, Desk, Topic } from '../desk';
import { memo, perObject } from '../memo';
import { candidates } from './candidates';
import { shiftsOf } from './shifts';
import { insideOf, type StartBits, type Starts } from './startBits';

/** When a desk is open and its advisors work in one week: all that depends on rules and absences, not on bookings. */
export interface WeekHours {
  readonly staff: Pick<Desk, 'advisors' | 'hours'>;
  /** The time on which questions about the week depend, see `reachOf`. */
  readonly reach: Interval;
  /** Returns the slots whose start is on the grid and in this week. The same object for the same lengths. */
  starts(topic: Pick<Topic, 'durationMinutes' | 'bufferMinutes'>): Starts;
  /** Returns when the advisor works: ascending and disjoint. The same array for all who work whenever the desk is open. */
  shift(advisorId: string): readonly Interval[];
  /** Returns the starts at which the advisor works until the end of the buffer. */
  startsIn(shift: readonly Interval[], starts: Starts): StartBits;
}

/** The number of weeks of one desk whose hours are remembered. */
const MAX_REMEMBERED_WEEKS = 60;
/** The number of pairs of duration and buffer whose starts are remembered. */
const MAX_REMEMBERED_SHAPES = 50;

/**
 * Returns the hours of a week. They are computed once for each state of the rules and absences.
 *
 * @param week a whole ISO week of the desk
 */
export function weekHours(
  { advisors, hours, gridMinutes }: Pick<Desk, 'advisors' | 'hours' | 'gridMinutes'>,
  absences: readonly Absence[],
  { start, end }: Interval,
): WeekHours {
  return hoursOf(absences, advisors, hours)(`${start} ${end} ${gridMinutes}`);
}

const hoursOf = perObject((absences: readonly Absence[], advisors: Desk['advisors'], hours: Desk['hours']) =>
  memo(MAX_REMEMBERED_WEEKS, (asked): WeekHours => {
    const [start = 0, end = 0, grid = 0] = asked.split(' ').map(Number);
    const week = { start, end };
    const reach = reachOf(week);
    // Windows are not clipped to the week, because the grid counts from a window's own start.
    const open = openingWindows(hours, reach);
    const bookable = bookableWindows(hours, true, reach);
    const byPhone = phoneWindows(hours, reach);
    const starts = memo(MAX_REMEMBERED_SHAPES, (shape): Starts => {
      const [duration = 0, buffer = 0] = shape.split(' ').map(Number);
      const times = candidates(bookable, { duration, buffer, grid }).filter(
        (time) => start <= time.start && time.start < end,
      );
      const all = { times, blockedMs: (duration + buffer) * MINUTE };
      return byPhone.length === 0 ? all : { ...all, byPhone: insideOf(byPhone, all) };
    });
    const staff = { advisors, hours };
    return {
      staff,
      reach,
      starts: ({ durationMinutes, bufferMinutes }) => starts(`${durationMinutes} ${bufferMinutes}`),
      shift: shiftsOf(staff, absences, { open, reach }),
      startsIn: perObject(insideOf),
    };
  }),
);

/**
 * Returns the range of time on which questions about the week depend. An engagement that gives way may begin before or
 * end after the slot that is asked for, so it includes a day before the week and two after it.
 */
export function reachOf(week: Interval): Interval {
  return { start: week.start - LONGEST_CONSULTATION_MS, end: week.end + 2 * LONGEST_CONSULTATION_MS };
}
