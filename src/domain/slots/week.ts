import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import type { Absence, Desk } from '../desk';
import { memo, perObject } from '../memo';
import type { Assignment } from './assignment';
import type { Engagement } from './engagement';
import { givingWay } from './givingWay';
import { areSpent, type Looks } from './looks';
import { firstFrom } from './occupancy';
import { chancesOf, type DeskRoster, idleTime, rosterOf } from './roster';
import { type WeekHours, weekHours } from './weekHours';

/** The engagements of a desk's advisors. */
interface Diaries {
  readonly of: (advisorId: string) => readonly Engagement[];
  /** They are all there, and the same object for everybody as long as nothing changes in their range. */
  readonly isShared: boolean;
}

/** A desk's staffing at one moment. */
export interface Staffing {
  readonly desk: Pick<Desk, 'advisors' | 'hours' | 'gridMinutes' | 'fixedMinutes'>;
  readonly absences: readonly Absence[];
  /**
   * Returns an advisor's engagements, ascending by start and disjoint. They must cover the `reachOf` of each ISO week
   * that is asked about.
   */
  readonly diary: (advisorId: string) => readonly Engagement[];
  /**
   * Returns the same diaries as an object that stays the same, from one staffing to the next, as long as no engagement
   * in the range changes. Absent: nothing is known of other staffings.
   */
  readonly during?: ((range: Interval) => Diaries) | undefined;
  readonly now: Instant;
  /** Returns the budget that all questions together may spend on the week that begins then; absent: it is unlimited. */
  readonly looks?: ((week: Instant) => Looks) | undefined;
}

/** One week of a desk at one moment. All questions about it get the same object, on which what they derive can hang. */
export interface WeekState {
  readonly hours: WeekHours;
  readonly diary: Diaries['of'];
  /** An engagement that begins before this instant keeps its advisor. */
  readonly fixedUntil: Instant;
  /** Other questions, also later ones, will get the same object as long as nothing changes in the week. */
  readonly isShared: boolean;
}

/** The week for one question. */
export interface Week {
  readonly state: WeekState;
  /** The budget of the question; undefined: it is unlimited. */
  readonly looks: Looks | undefined;
  /** Who can do what, with this budget. */
  readonly roster: DeskRoster;
  /**
   * Returns when the advisor works and has no engagements, or only ones that can give way: ascending and disjoint. It
   * is worth asking once `isTight`.
   */
  chances(advisorId: string): readonly Interval[];
  /** A demand has found no room in this week. */
  readonly isTight: boolean;
  foundNoRoom(): void;
}

/** What was found out about a week. It is valid for every question about the same staffing. */
interface SharedWeek extends WeekState {
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
}

/** Returns the week for one question, see `stateOf`. */
export function weekOf(staffing: Staffing, week: Interval): Week {
  return new SeenWeek(sharedWeek(staffing, week), staffing.looks?.(week.start));
}

/**
 * Returns a week at this moment. What one question has found out about it (how many more consultations of a kind fit,
 * which engagements can give way, where there is no room) is shared with the others. It is remembered by the week's
 * hours and diaries, which are the same objects as long as nothing changes in it. So it is also valid for a desk with
 * other reserves or capacities.
 *
 * @param week a whole ISO week of the desk
 */
export function stateOf(staffing: Staffing, week: Interval): WeekState {
  return sharedWeek(staffing, week);
}

function sharedWeek({ desk, absences, diary, during, now }: Staffing, week: Interval): SharedWeek {
  const hours = weekHours(desk, absences, week);
  const diaries = during ? during(hours.reach) : alone(diary);
  const fixed = now + desk.fixedMinutes * MINUTE;
  return weeksOf(hours, diaries)(fixedUntil(hours, diaries, fixed));
}

const alone = perObject((diary: Staffing['diary']): Diaries => ({ of: diary, isShared: false }));

/**
 * Returns an instant before which the same engagements begin as before `fixed`. It changes only when one of them gets
 * fixed, so that a week is not counted anew each minute.
 */
function fixedUntil(hours: WeekHours, diaries: Diaries, fixed: Instant): Instant {
  const { reach } = hours;
  if (fixed <= reach.start) return reach.start;
  if (fixed >= reach.end) return reach.end;
  if (!diaries.isShared) return fixed;
  return nextBeginning(hours, diaries)(Math.ceil(fixed / MINUTE));
}

/** The number of moments of a week, between which engagements get fixed, that are remembered. */
const MAX_REMEMBERED_MOMENTS = 4;

/** When the first engagement begins at a minute or later, or else the reach ends. They begin at whole minutes. */
const nextBeginning = perObject(({ staff, reach }: WeekHours, diaries: Diaries) =>
  memo(MAX_REMEMBERED_MOMENTS, (minute: number): Instant => {
    let next = reach.end;
    for (const { id } of staff.advisors) {
      const own = diaries.of(id);
      const first = own[firstFrom(own, minute * MINUTE)];
      if (first && first.time.start < next) next = first.time.start;
    }
    return next;
  }),
);

const weeksOf = perObject((hours: WeekHours, { of: diary, isShared }: Diaries) =>
  memo(
    MAX_REMEMBERED_MOMENTS,
    (fixedUntil: Instant): SharedWeek => ({
      hours,
      diary,
      fixedUntil,
      isShared,
      roster: rosterOf({ desk: hours.staff, diary, shift: hours.shift, fixedUntil }),
      givingWay: new Map(),
      nowhere: new Set(),
      chances: new Map(),
      isFull: undefined,
      isTight: false,
    }),
  ),
);

const NO_CHANCES: readonly Interval[] = [];

/** The week for callers with this budget. Most questions need no more of it than its state. */
class SeenWeek implements Week {
  private found: DeskRoster | undefined;

  constructor(
    readonly state: SharedWeek,
    readonly looks: Looks | undefined,
  ) {}

  get roster(): DeskRoster {
    if (this.found) return this.found;
    const { state, looks } = this;
    // Whether another advisor exists does not depend on which one is the best.
    const canGiveWay = givingWay({ ...state.roster, looks, suitable: state.roster.present }, state.givingWay);
    const mayMove = (assignment: Assignment) => !this.isFull && canGiveWay(assignment);
    this.found = { ...state.roster, looks, nowhere: state.nowhere, mayMove };
    return this.found;
  }

  private get isFull(): boolean {
    const { state } = this;
    const { staff, reach } = state.hours;
    state.isFull ??= staff.advisors.every(({ id }) => idleTime(state.roster, id, reach).length === 0);
    return state.isFull;
  }

  chances(advisorId: string): readonly Interval[] {
    if (this.isFull) return NO_CHANCES;
    const { state, looks } = this;
    const there = state.chances.get(advisorId);
    if (there) return there;
    const chances = chancesOf(this.roster, advisorId, state.hours.reach);
    if (!areSpent(looks)) state.chances.set(advisorId, chances);
    return chances;
  }

  get isTight(): boolean {
    return this.state.isTight;
  }

  foundNoRoom(): void {
    this.state.isTight = true;
  }
}
