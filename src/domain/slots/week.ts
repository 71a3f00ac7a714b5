import { LONGEST_CONSULTATION_MS } from '../booking/booking';
import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import { openingWindows } from '../calendar/openingHours';
import type { Desk, Topic } from '../desk';
import { memo } from '../memo';
import { candidates } from './candidates';
import type { Engagement } from './engagement';
import { givingWay } from './givingWay';
import { areSpent, type Looks } from './looks';
import { chancesOf, type DeskRoster, idleTime, rosterOf, type Staffing } from './roster';

/** A week of a desk's people at one moment, for all who ask about it. */
export interface Week {
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

/** A desk's people at one moment, and what may be spent on the questions about them. */
export interface WeekAsked extends Staffing {
  /** What is left for the week that begins then; absent: as much as is needed. */
  readonly looks?: ((week: Instant) => Looks) | undefined;
}

/** What was found out about a week, whoever asked. It holds for all who ask about the same. */
interface Found extends Pick<Week, 'starts'>, Pick<Desk, 'advisors'> {
  readonly roster: DeskRoster;
  readonly givingWay: Map<Engagement, boolean>;
  readonly nowhere: Set<string>;
  readonly chances: Map<string, readonly Interval[]>;
  /** Everybody has something to do all the time, as long as it was asked. Then nobody can give way: the last who changes needs somebody who is free. */
  isFull: boolean | undefined;
  isTight: boolean;
  /** As each has it who may spend looks of their own. */
  readonly asSeen: WeakMap<object, Week>;
}

/** The same people at the same minute. */
interface Known extends Staffing {
  readonly weeks: Map<Instant, Found>;
}

/** By the diaries: they are the same function as long as nothing changes in them. What is given up in it for a question has its own. */
const known = new WeakMap<Staffing['diary'], Known[]>();
/** Of one desk, at one moment, with a question's parts given up; older ones are found out anew. */
const MAX_KNOWN_MOMENTS = 20;

/** What one question has found out about a week, who can give way and where there is no room, the others need not find out again. @param week an ISO week of the desk, whole */
export function weekOf(asked: WeekAsked, week: Interval): Week {
  const found = foundIn(asked, week);
  const whose = asked.looks ?? BOUNDLESS;
  const there = found.asSeen.get(whose);
  if (there) return there;
  const fresh = seen(found, asked.looks?.(week.start), reachOf(week));
  found.asSeen.set(whose, fresh);
  return fresh;
}

/** Who may look as often as they like. */
const BOUNDLESS = {};
const NO_CHANCES: readonly Interval[] = [];

function seen(found: Found, looks: Looks | undefined, reach: Interval): Week {
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

function foundIn(asked: WeekAsked, week: Interval): Found {
  const { desk, absences, diary, now } = asked;
  const all = known.get(diary) ?? [];
  known.set(diary, all);
  let same = all.find((each) => isSame(each, asked));
  if (!same) {
    same = { desk, absences, diary, now, weeks: new Map() };
    if (all.push(same) > MAX_KNOWN_MOMENTS) all.shift();
  }
  const there = same.weeks.get(week.start);
  if (there) return there;
  const reach = reachOf(week);
  // Windows are not clipped: the grid counts from a window's own start, wherever the week begins.
  const open = openingWindows(desk.hours, reach);
  const starts = memo(desk.topics.length, (shape) => {
    const [duration = 0, buffer = 0] = shape.split(' ').map(Number);
    return candidates(open, { duration, buffer, grid: desk.gridMinutes }).filter(
      ({ start }) => week.start <= start && start < week.end,
    );
  });
  const fresh: Found = {
    advisors: desk.advisors,
    roster: rosterOf({ desk, absences, diary, now }, { open, reach }),
    starts: ({ durationMinutes, bufferMinutes }) => starts(`${durationMinutes} ${bufferMinutes}`),
    givingWay: new Map(),
    nowhere: new Set(),
    chances: new Map(),
    isFull: undefined,
    isTight: false,
    asSeen: new WeakMap(),
  };
  same.weeks.set(week.start, fresh);
  return fresh;
}

/** A desk with other reserves or places has the same people; and as all begins at whole minutes, within one they can do the same. */
function isSame(a: Staffing, b: Staffing): boolean {
  return (
    Math.floor(a.now / MINUTE) === Math.floor(b.now / MINUTE) &&
    Math.ceil(a.now / MINUTE) === Math.ceil(b.now / MINUTE) &&
    a.absences === b.absences &&
    a.desk.advisors === b.desk.advisors &&
    a.desk.hours === b.desk.hours &&
    a.desk.topics === b.desk.topics &&
    a.desk.fixedMinutes === b.desk.fixedMinutes &&
    a.desk.gridMinutes === b.desk.gridMinutes
  );
}

/**
 * All of the time that matters to a question about the week: whoever makes room is in the middle of something longer perhaps, so a day
 * around what is asked for is known, too.
 */
export function reachOf(week: Interval): Interval {
  return { start: week.start - LONGEST_CONSULTATION_MS, end: week.end + 2 * LONGEST_CONSULTATION_MS };
}
