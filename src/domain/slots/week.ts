import { LONGEST_CONSULTATION_MS } from '../booking/booking';
import { type Instant, type Interval, MINUTE, type Minutes } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import type { Desk, Topic } from '../desk';
import { memo, perObject } from '../memo';
import type { Assignment } from './assignment';
import { candidates } from './candidates';
import { givingWay } from './givingWay';
import { areSpent, type Looks } from './looks';
import { chancesOf, type DeskRoster, idleTime, rosterOf, type Staffing } from './roster';

/** One week of a desk's roster at one moment, shared by all questions about it. */
interface Week {
  readonly roster: DeskRoster;
  /** Returns the slots whose start is on the grid and in this week, ascending. */
  starts(topic: Pick<Topic, 'durationMinutes' | 'bufferMinutes'>): readonly Interval[];
  /**
   * Returns when the advisor works and has no engagements, or only ones that can give way: ascending and disjoint. It
   * is worth asking once `isTight`.
   */
  chances(advisorId: string): readonly Interval[];
  /** A demand has found no room in this week. */
  readonly isTight: boolean;
  foundNoRoom(): void;
}

/** Returns the budget of the week that begins then; undefined: it is unlimited. */
type LooksOfWeek = (week: Instant) => Looks | undefined;

/** A desk's staffing at one moment, and the budget for questions about it. */
interface WeekAsked extends Staffing<Desk> {
  /** Absent: every week's budget is unlimited. */
  readonly looks?: LooksOfWeek | undefined;
}

/** What was found out about a week. It is valid for every question about the same staffing. */
interface SharedWeek extends Pick<Week, 'starts'>, Pick<Desk, 'advisors'> {
  readonly roster: DeskRoster;
  readonly givingWay: Map<Assignment, boolean>;
  readonly nowhere: Set<string>;
  readonly chances: Map<string, readonly Interval[]>;
  /**
   * All advisors are engaged all the time; undefined: not determined yet. Then nobody can give way, since the last
   * engagement in a chain of reassignments needs an advisor who is idle.
   */
  isFull: boolean | undefined;
  isTight: boolean;
  /** Returns the week with the caller's budget. */
  readonly seenWith: (looks: LooksOfWeek) => Week;
}

/**
 * Returns the week for one question. What one question has found out about it (which engagements can give way, where
 * there is no room) is shared with the others: it is remembered by the diaries, which are the same function as long as
 * nothing changes in them, and by the parts of the desk on which it depends. So it is also valid for a desk with other
 * reserves or capacities.
 *
 * @param week a whole ISO week of the desk
 */
export function weekOf({ desk, absences, diary, now, looks = UNLIMITED }: WeekAsked, { start, end }: Interval): Week {
  const { advisors, hours, fixedMinutes, gridMinutes } = desk;
  // Everything begins at whole minutes, so the answer is the same for all instants within one.
  const minute = Math.ceil(now / MINUTE);
  const weeks = weeksAt(diary, absences, advisors, hours)(`${minute} ${fixedMinutes} ${gridMinutes}`);
  return weeks(`${start} ${end}`).seenWith(looks);
}

const UNLIMITED: LooksOfWeek = () => undefined;
/** The number of minutes of one desk that are remembered. */
const MAX_REMEMBERED_MINUTES = 10;
/** The number of weeks of one desk and minute that are remembered. */
const MAX_REMEMBERED_WEEKS = 60;

const weeksAt = perObject(
  (diary: Staffing['diary'], absences: Staffing['absences'], advisors: Desk['advisors'], hours: Desk['hours']) =>
    memo(MAX_REMEMBERED_MINUTES, (moment) => {
      const [minute = 0, fixedMinutes = 0, gridMinutes = 0] = moment.split(' ').map(Number);
      const staffing = { desk: { advisors, hours, fixedMinutes }, absences, diary, now: minute * MINUTE };
      return memo(MAX_REMEMBERED_WEEKS, (edges) => {
        const [start = 0, end = 0] = edges.split(' ').map(Number);
        return sharedWeek(staffing, { start, end }, gridMinutes);
      });
    }),
);

/** The number of pairs of duration and buffer whose starts are remembered. */
const MAX_REMEMBERED_SHAPES = 50;

function sharedWeek(staffing: Staffing, week: Interval, grid: Minutes): SharedWeek {
  const { advisors, hours } = staffing.desk;
  const reach = reachOf(week);
  // Windows are not clipped to the week, because the grid counts from a window's own start.
  const open = openingWindows(hours, reach);
  const starts = memo(MAX_REMEMBERED_SHAPES, (shape) => {
    const [duration = 0, buffer = 0] = shape.split(' ').map(Number);
    return candidates(open, { duration, buffer, grid }).filter(({ start }) => week.start <= start && start < week.end);
  });
  const shared: SharedWeek = {
    advisors,
    roster: rosterOf(staffing, { open, reach }),
    starts: ({ durationMinutes, bufferMinutes }) => starts(`${durationMinutes} ${bufferMinutes}`),
    givingWay: new Map(),
    nowhere: new Set(),
    chances: new Map(),
    isFull: undefined,
    isTight: false,
    seenWith: perObject((looks: LooksOfWeek) => seen(shared, looks(week.start), reach)),
  };
  return shared;
}

const NO_CHANCES: readonly Interval[] = [];

/** Returns the week for callers with this budget. */
function seen(found: SharedWeek, looks: Looks | undefined, reach: Interval): Week {
  // Whether another advisor exists does not depend on which one is the best.
  const canGiveWay = givingWay({ ...found.roster, looks, suitable: found.roster.present }, found.givingWay);
  const isFull = () => {
    found.isFull ??= found.advisors.every(({ id }) => idleTime(found.roster, id, reach).length === 0);
    return found.isFull;
  };
  const mayMove = (assignment: Assignment) => !isFull() && canGiveWay(assignment);
  const roster = { ...found.roster, looks, nowhere: found.nowhere, mayMove };
  return {
    roster,
    starts: found.starts,
    chances(advisorId) {
      if (isFull()) return NO_CHANCES;
      const there = found.chances.get(advisorId);
      if (there) return there;
      const chances = chancesOf(roster, advisorId, reach);
      if (!areSpent(looks)) found.chances.set(advisorId, chances);
      return chances;
    },
    get isTight() {
      return found.isTight;
    },
    foundNoRoom() {
      found.isTight = true;
    },
  };
}

/**
 * Returns the range of time on which questions about the week depend. An engagement that gives way may begin before or
 * end after the slot that is asked for, so it includes a day before the week and two after it.
 */
export function reachOf(week: Interval): Interval {
  return { start: week.start - LONGEST_CONSULTATION_MS, end: week.end + 2 * LONGEST_CONSULTATION_MS };
}
