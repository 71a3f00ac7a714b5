import type { Interval } from '../calendar/interval';
import {
  type Assignment,
  after,
  type Demand,
  isAssignment,
  type Reassignment,
  type Room,
  type Roster,
  reassigned,
} from './assignment';
import { areSpent, spend } from './looks';
import { severalAtATime } from './severalAtATime';

/**
 * Finds an advisor for one more consultation. Engagements that are movable may go to other advisors to make room.
 *
 * Where all engagements in the way have exactly the same time (one grid, one duration), this is matching in a bipartite
 * graph of consultations and advisors. By Hall's theorem (1935) there is no room exactly if some set of consultations
 * has fewer suitable advisors than members. By Berge's theorem (1957) there is room exactly if an alternating path
 * leads from the new consultation to a free advisor: the advisor who takes it hands on an engagement to the next, and
 * so on. The search goes breadth first, so that as few engagements as possible change advisors, and tries advisors in
 * the roster's order, so that the same roster always gives the same result.
 *
 * With mixed durations or buffers one consultation can be in the way of several, and colouring intervals from lists is
 * NP-hard (Biró, Hujter, Tuza 1992). Then the same search is tried first, and after it one that moves several
 * engagements at a time and gives up after a bounded number of looks. Each result is tried out on the roster before it
 * is returned, so it can always be carried out. In rare cases no room is found although there is some; the tests
 * measure how rare they are.
 *
 * @returns undefined if there is no room, or none was found
 */
export function makeRoom(roster: Roster, demand: Demand): Room | undefined {
  if (!isThinkable(roster, demand)) return undefined;
  const { nowhere, looks } = roster;
  const key = nowhere && keyOf(demand);
  if (key !== undefined && nowhere?.has(key)) return undefined;
  const { room, mixed } = alongOnePath(roster, demand);
  const found = room ?? (mixed ? severalAtATime(roster, demand) : undefined);
  if (!found && key !== undefined && !areSpent(looks) && (nowhere?.size ?? 0) < MAX_KNOWN_NOWHERE) nowhere?.add(key);
  return found;
}

/** Returns `false` if every suitable advisor has an engagement that may not move, so that a search is pointless. */
function isThinkable(roster: Roster, demand: Demand): boolean {
  return roster
    .suitable(demand)
    .some((advisorId) => roster.engaged(advisorId, demand.time).every((each) => roster.mayMove(each)));
}

/** The most demands without room that are remembered. Queries come from outside, so memory must be bounded. */
const MAX_KNOWN_NOWHERE = 5_000;

function keyOf({ topicId, language, mode, onlyAdvisorId, time: { start, end } }: Demand): string {
  return `${start} ${end} ${topicId} ${language} ${mode} ${onlyAdvisorId}`;
}

interface Counting {
  /**
   * Advisors who are idle at that time: each takes one of the new consultations before any search begins.
   *
   * @default none
   */
  readonly taken?: readonly string[];
  /**
   * Returns whether the new consultations, and the engagements that moved for them, may be where they are then; counting
   * stops at the first that is not allowed.
   *
   * @default all are
   */
  readonly allows?: (changed: readonly Assignment[]) => boolean;
}

/**
 * Counts how many more consultations like `demand` fit together. Each room that is found is taken before the next is
 * searched; by Berge's theorem this reaches the greatest number, in whatever order.
 *
 * @param most the count stops here; a whole number
 */
export function roomFor(
  roster: Roster,
  demand: Demand,
  most: number,
  { taken = [], allows = () => true }: Counting = {},
): number {
  const { onlyAdvisorId, ...kind } = demand;
  const changed = new Map<string, Assignment>();
  const take = (advisorId: string, moves: readonly Reassignment[]) => {
    const newcomer = { ...kind, id: `newcomer ${found}`, advisorId, movable: onlyAdvisorId === undefined };
    for (const each of [...moves.map(reassigned), newcomer]) changed.set(each.id, each);
  };
  let found = 0;
  for (; found < Math.min(taken.length, most); found++) take(taken[found] as string, []);
  for (; found < most; found++) {
    const room = makeRoom(found === 0 ? roster : after(roster, [...changed.values()]), demand);
    if (!room) return found;
    take(room.advisorId, room.moves);
    if (!allows([...changed.values()])) return found;
  }
  return most;
}

/** A demand, and how many consultations like it are wanted at most. */
interface Several {
  readonly demand: Demand;
  readonly most: number;
}

/**
 * Counts how many more consultations of several kinds fit together. As many as fit of the first kind are taken, then of
 * the second, and so on; the sets that fit together are the independent ones of a matroid (a gammoid), so this reaches
 * the greatest number, whichever kind comes first.
 *
 * @param kinds of one start
 * @param most the count stops here
 * @param allows see `Counting`
 */
export function roomInTurn(
  roster: Roster,
  kinds: readonly Several[],
  most: number,
  allows: NonNullable<Counting['allows']> = () => true,
): number {
  let changed: readonly Assignment[] = [];
  let found = 0;
  for (const { demand, most: wanted } of kinds) {
    const { onlyAdvisorId, ...kind } = demand;
    for (let left = Math.min(wanted, most - found); left > 0; left--) {
      const room = makeRoom(found === 0 ? roster : after(roster, changed), demand);
      if (!room) break;
      const { advisorId, moves } = room;
      const newcomer = { ...kind, id: `newcomer ${found}`, advisorId, movable: onlyAdvisorId === undefined };
      const then = new Map([...changed, ...moves.map(reassigned), newcomer].map((each) => [each.id, each]));
      if (!allows([...then.values()])) break;
      changed = [...then.values()];
      found++;
    }
  }
  return found;
}

/** A step on the path: a consultation that needs an advisor, and the step that took its advisor from it. */
interface Step {
  readonly needs: Demand | Assignment;
  readonly before: Step | null;
}

/**
 * Searches a path on which each consultation moves at most one other. `mixed` is `true` if somewhere several
 * engagements, or one of another time, were in the way.
 */
function alongOnePath(roster: Roster, demand: Demand): { room?: Room; mixed: boolean } {
  const seen = new Set<string>();
  const steps: Step[] = [{ needs: demand, before: null }];
  let mixed = false;
  for (const step of steps) {
    const { needs } = step;
    for (const advisorId of roster.suitable(needs)) {
      if (isAssignment(needs) && advisorId === needs.advisorId) continue;
      if (!spend(roster.looks)) return { mixed: false };
      const inTheWay = roster.engaged(advisorId, needs.time);
      const [first] = inTheWay;
      if (!first) {
        const room = roomAlong(step, advisorId);
        if (isPossible(roster, room, demand)) return { room, mixed };
        mixed = true;
        continue;
      }
      if (inTheWay.length > 1 || !isSameTime(first.time, needs.time)) mixed = true;
      if (inTheWay.length > 1 || !roster.mayMove(first) || seen.has(first.id)) continue;
      seen.add(first.id);
      steps.push({ needs: first, before: step });
    }
  }
  return { mixed };
}

/** Lists the moves along a path, beginning at its end, where the advisor is free. */
function roomAlong(last: Step, free: string): Room {
  const moves: Reassignment[] = [];
  let to = free;
  for (let step: Step | null = last; step; step = step.before) {
    if (!isAssignment(step.needs)) break;
    moves.push({ assignment: step.needs, to });
    to = step.needs.advisorId;
  }
  return { advisorId: to, moves };
}

/** Tries the moves out one by one; returns `true` if each finds its new advisor free. */
function isPossible(roster: Roster, { advisorId, moves }: Room, demand: Demand): boolean {
  let now = roster;
  for (const move of moves) {
    if (now.engaged(move.to, move.assignment.time).length > 0) return false;
    now = after(now, [reassigned(move)]);
  }
  return now.engaged(advisorId, demand.time).length === 0;
}

function isSameTime(a: Interval, b: Interval): boolean {
  return a.start === b.start && a.end === b.end;
}
