import { LONGEST_CONSULTATION_MS } from '../booking/booking';
import { type Instant, type Interval, MINUTE, type Minutes } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import type { Desk, Topic } from '../desk';
import { memo, perObject } from '../memo';
import { candidates } from './candidates';
import type { Engagement } from './engagement';
import { givingWay } from './givingWay';
import { areSpent, type Looks } from './looks';
import { chancesOf, type DeskRoster, idleTime, rosterOf, type Staffing } from './roster';

/** A week of a desk's people at one moment, for all who ask about it. */
interface Week {
  readonly roster: DeskRoster;
  /** Starts on the grid in it, ascending. */
  starts(topic: Pick<Topic, 'durationMinutes' | 'bufferMinutes'>): readonly Interval[];
  /**
   * When the advisor is at work and has nothing else to do, or only what can give way: ascending and disjoint. Worth asking as soon as
   * `isTight`.
   */
  chances(advisorId: string): readonly Interval[];
  /** Somebody found no room in it. */
  readonly isTight: boolean;
  foundNoRoom(): void;
}

/** What may be spent on the week that begins then; undefined: as much as is needed. */
type LooksOfWeek = (week: Instant) => Looks | undefined;

/** A desk's people at one moment, and what may be spent on the questions about them. */
interface WeekAsked extends Staffing<Desk> {
  /** Absent: each week may be looked at as often as is needed. */
  readonly looks?: LooksOfWeek | undefined;
}

/** What was found out about a week, whoever asked. It holds for all who ask about the same. */
interface SharedWeek extends Pick<Week, 'starts'>, Pick<Desk, 'advisors'> {
  readonly roster: DeskRoster;
  readonly givingWay: Map<Engagement, boolean>;
  readonly nowhere: Set<string>;
  readonly chances: Map<string, readonly Interval[]>;
  /** Everybody has something to do all the time, as long as it was asked. Then nobody can give way: the last who changes needs somebody who is free. */
  isFull: boolean | undefined;
  isTight: boolean;
  /** As each has it who may spend looks of their own. */
  readonly seenWith: (looks: LooksOfWeek) => Week;
}

/**
 * Returns the week for one question. What one question has found out about it, who can give way and where there is no room, the others
 * need not find out again: it hangs on the diaries, which are the same function as long as nothing changes in them, and on the parts of the
 * desk on which it depends. So it also holds for a desk with other reserves or places.
 *
 * @param week an ISO week of the desk, whole
 */
export function weekOf({ desk, absences, diary, now, looks = UNLIMITED }: WeekAsked, { start, end }: Interval): Week {
  const { advisors, hours, fixedMinutes, gridMinutes } = desk;
  // All begins at whole minutes: within one, all can do the same.
  const minute = Math.ceil(now / MINUTE);
  const weeks = weeksAt(diary, absences, advisors, hours)(`${minute} ${fixedMinutes} ${gridMinutes}`);
  return weeks(`${start} ${end}`).seenWith(looks);
}

const UNLIMITED: LooksOfWeek = () => undefined;
/** Minutes of one desk that are remembered. */
const MAX_REMEMBERED_MINUTES = 10;
/** Weeks of one desk, as of one minute, that are remembered. */
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

/** Pairs of duration and buffer whose starts are remembered. */
const MAX_REMEMBERED_SHAPES = 50;

function sharedWeek(staffing: Staffing, week: Interval, grid: Minutes): SharedWeek {
  const { advisors, hours } = staffing.desk;
  const reach = reachOf(week);
  // Windows are not clipped: the grid counts from a window's own start, wherever the week begins.
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

/** The week as somebody has it who may spend these looks. */
function seen(found: SharedWeek, looks: Looks | undefined, reach: Interval): Week {
  // For whom there is another does not depend on who is the best.
  const canGiveWay = givingWay({ ...found.roster, looks, suitable: found.roster.present }, found.givingWay);
  const isFull = () => {
    found.isFull ??= found.advisors.every(({ id }) => idleTime(found.roster, id, reach).length === 0);
    return found.isFull;
  };
  const mayMove = (engagement: Engagement) => !isFull() && canGiveWay(engagement);
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
 * All of the time that matters to a question about the week: whoever makes room is in the middle of something longer perhaps, so a day
 * around what is asked for is known, too.
 */
export function reachOf(week: Interval): Interval {
  return { start: week.start - LONGEST_CONSULTATION_MS, end: week.end + 2 * LONGEST_CONSULTATION_MS };
}
