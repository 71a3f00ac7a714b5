import type { Interval } from '../calendar/interval';
import { teamOf } from '../team';
import { among } from './roster';
import { hasStart, type Starts } from './startBits';
import type { WeekState } from './week';

/**
 * What an advisor does at a time: nothing; something that stays with them; something of another time or several things,
 * of which no more is known here; or one consultation of exactly that time, as the ids of those who could take it over.
 */
type Doing = 'nothing' | 'fixed' | 'other' | readonly string[];

/** What is asked about a start. */
interface AtStart {
  readonly starts: Starts;
  readonly index: number;
  /** The ids of the advisors who can take such a consultation. */
  readonly able: readonly string[];
  /** How many of them are idle. */
  readonly idle: number;
  /** The count stops here. */
  readonly most: number;
  /** The new consultations may not change their advisor either. */
  readonly isTied: boolean;
}

/**
 * Counts how many more consultations fit at a start if those that are in the way have exactly the same time. Then it is
 * matching in a bipartite graph, as `makeRoom` says, and the greatest number is reached by one alternating path after
 * the other. It finds the same number as `roomFor` in a hundredth of the time, since it need not say who moves.
 *
 * @returns undefined if what is in the way has other times, so that the number is not certain
 */
export function countAtSameTime(week: WeekState, asked: AtStart): number | undefined {
  const { able, idle, most, isTied } = asked;
  const newcomer = isTied ? 'fixed' : able;
  const does = new Map<string, Doing | undefined>();
  // Each idle advisor takes one of the new consultations before any path is searched.
  for (const id of able) {
    const it = doingAt(week, asked, id);
    does.set(id, it === 'nothing' ? newcomer : it);
  }
  const doing = (id: string) => {
    if (!does.has(id)) does.set(id, doingAt(week, asked, id));
    return does.get(id);
  };
  let isMixed = false;

  /** Finds a path from a new consultation to an advisor who does nothing, and hands everything over along it. */
  function oneMore(): boolean {
    /** Those who were reached, and at the same place whose consultation each of them could take; null: a new one. */
    const reached = [...able];
    const from: (string | null)[] = able.map(() => null);
    for (let i = 0; i < reached.length; i++) {
      const id = reached[i] as string;
      const it = doing(id);
      if (it === 'nothing') {
        handOver(id);
        return true;
      }
      if (it === 'other') isMixed = true;
      if (typeof it !== 'object' || it === able) continue;
      for (const other of it) {
        if (reached.includes(other)) continue;
        reached.push(other);
        from.push(id);
      }
    }
    return false;

    function handOver(idle: string) {
      let to = idle;
      for (let giver = from[reached.indexOf(to)]; giver; giver = from[reached.indexOf(to)]) {
        does.set(to, doing(giver));
        to = giver;
      }
      does.set(to, newcomer);
    }
  }

  let count = Math.min(idle, most);
  while (count < most && oneMore()) count++;
  return count < most && isMixed ? undefined : count;
}

/** Returns the time for which a consultation at this start blocks its advisor. */
export function wholeAt({ times, blockedMs }: Starts, index: number): Interval {
  const { start } = times[index] as Interval;
  return { start, end: start + blockedMs };
}

/** Returns undefined for an advisor who does not work then. */
function doingAt({ hours, diary, fixedUntil }: WeekState, { starts, index }: AtStart, id: string): Doing | undefined {
  if (!hasStart(hours.startsIn(hours.shift(id), starts), index)) return undefined;
  const time = wholeAt(starts, index);
  const own = among(diary(id), time);
  const [first] = own;
  if (!first) return 'nothing';
  if (own.some((each) => !each.movable || each.time.start < fixedUntil)) return 'fixed';
  if (own.length > 1 || first.time.start !== time.start || first.time.end !== time.end) return 'other';
  return teamOf(hours.staff).ableIds({ topicId: first.topicId, language: first.language });
}
