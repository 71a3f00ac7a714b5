import type { Interval } from '../calendar/interval';
import { perObject } from '../memo';
import { teamOf } from '../team';
import { among } from './roster';
import { hasStart, type Starts } from './startBits';
import type { WeekState } from './week';

/**
 * What an advisor does at a time: nothing; something that stays with them, or they do not work then; something of
 * another time or several things, of which no more is known here; or one consultation of exactly that time, as the
 * numbers of those who could take it over.
 */
type Doing = 'nothing' | 'fixed' | 'other' | readonly number[];

/** What is asked about a start. Advisors are named by their numbers, see `Team.ableNumbers`. */
interface AtStart {
  readonly starts: Starts;
  readonly index: number;
  /** The advisors who can take such a consultation. */
  readonly able: readonly number[];
  /** The count stops here. */
  readonly most: number;
  /** The new consultations may not change their advisor either. */
  readonly isTied: boolean;
}

/** In the search for a path: the advisor was not reached yet. */
const NOT_REACHED = -2;
/** In the search for a path: the advisor could take the new consultation. */
const FROM_THE_NEW = -1;

/**
 * Counts how many more consultations fit at a start if those that are in the way have exactly the same time. Then it is
 * matching in a bipartite graph, as `makeRoom` says, and the greatest number is reached by one alternating path after
 * the other. It finds the same number as `roomFor` in a hundredth of the time, since it need not say who moves.
 *
 * @returns undefined if what is in the way has other times, so that the number is not certain
 */
export function countAtSameTime(week: WeekState, { starts, index, able, most, isTied }: AtStart): number | undefined {
  const doing = doings(week, starts);
  const newcomer = isTied ? 'fixed' : able;
  /** Who does something else by now. */
  const changed: Doing[] = [];
  const does = (advisor: number) => changed[advisor] ?? doing(index, advisor);
  let isMixed = false;

  /** Finds a path from a new consultation to an advisor who does nothing, and hands everything over along it. */
  function oneMore(): boolean {
    /** By advisor, whose consultation they could take over. */
    const from = new Int32Array(week.hours.staff.advisors.length).fill(NOT_REACHED);
    for (const advisor of able) from[advisor] = FROM_THE_NEW;
    const reached = [...able];
    for (const advisor of reached) {
      const it = does(advisor);
      if (it === 'nothing') {
        handOver(advisor, from);
        return true;
      }
      if (it === 'other') isMixed = true;
      if (typeof it === 'string' || it === able) continue;
      for (const other of it) {
        if (from[other] !== NOT_REACHED) continue;
        from[other] = advisor;
        reached.push(other);
      }
    }
    return false;
  }

  function handOver(idle: number, from: Int32Array): void {
    let to = idle;
    for (let giver = from[to] as number; giver >= 0; giver = from[to] as number) {
      changed[to] = does(giver);
      to = giver;
    }
    changed[to] = newcomer;
  }

  let count = 0;
  // Each idle advisor takes one of the new consultations before any path is searched.
  for (const advisor of able) {
    if (count === most) return count;
    if (doing(index, advisor) !== 'nothing') continue;
    changed[advisor] = newcomer;
    count++;
  }
  while (count < most && oneMore()) count++;
  return count < most && isMixed ? undefined : count;
}

/** Returns the time for which a consultation at this start blocks its advisor. */
export function wholeAt({ times, blockedMs }: Starts, index: number): Interval {
  const { start } = times[index] as Interval;
  return { start, end: start + blockedMs };
}

/**
 * Returns what each advisor does at each start of the week. It is found once for all kinds of consultation that are as
 * long.
 */
const doings = perObject((week: WeekState, starts: Starts) => {
  const advisors = week.hours.staff.advisors.length;
  /** By start, then by advisor: one list, because hundreds of desks have thousands of starts. */
  const known: (Doing | undefined)[] = new Array(starts.times.length * advisors);
  return (index: number, advisor: number): Doing => {
    const at = index * advisors + advisor;
    const there = known[at] ?? doingAt(week, starts, index, advisor);
    known[at] = there;
    return there;
  };
});

function doingAt({ hours, diary, fixedUntil }: WeekState, starts: Starts, index: number, advisor: number): Doing {
  const { staff } = hours;
  const id = staff.advisors[advisor]?.id as string;
  if (!hasStart(hours.startsIn(hours.shift(id), starts), index)) return 'fixed';
  const time = wholeAt(starts, index);
  const own = among(diary(id), time);
  const [first] = own;
  if (!first) return 'nothing';
  if (own.some((each) => !each.movable || each.time.start < fixedUntil)) return 'fixed';
  if (own.length > 1 || first.time.start !== time.start || first.time.end !== time.end) return 'other';
  return teamOf(staff).ableNumbers({ topicId: first.topicId, language: first.language, mode: first.mode });
}
