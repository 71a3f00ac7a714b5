import { type Interval, overlaps } from '../calendar/interval';
import type { LanguageTag } from '../text';
import { areSpent, type Looks, spend } from './looks';
import { severalAtATime } from './severalAtATime';

/** A consultation for which somebody is wanted. */
export interface Demand {
  /** Null: whatever they cover. */
  readonly topicId: string | null;
  /** Null: whatever they speak. */
  readonly language: LanguageTag | null;
  /** Nobody else will do; absent: any who is suitable. */
  readonly onlyAdvisorId?: string | undefined;
  /** The buffer included: so long the advisor is taken. */
  readonly time: Interval;
}

/** A consultation that has its advisor: a booking or a live hold. */
export interface Engagement extends Omit<Demand, 'onlyAdvisorId'> {
  readonly id: string;
  readonly advisorId: string;
  /** Whether another suitable advisor may do it instead, as long as there is time to prepare. */
  readonly movable: boolean;
  readonly urgent?: boolean | undefined;
}

/** Who can do what, and who does what now. */
export interface Roster {
  /** Who could do it at its time if they had nothing else to do (topic, language, hours, no absence), best first. */
  suitable(demand: Demand): readonly string[];
  /** What the advisor does at some moment of `time`. */
  engaged(advisorId: string, time: Interval): readonly Engagement[];
  /** Whether it may go to another advisor now. False also where it may, but certainly cannot. */
  mayMove(engagement: Engagement): boolean;
  /** What a search may cost; absent: as much as it needs. */
  readonly looks?: Looks | undefined;
  /** Where no room was found, as long as the roster is as it is. */
  readonly nowhere?: Set<string> | undefined;
}

/** An engagement that goes to another advisor. */
export interface Reassignment {
  readonly engagement: Engagement;
  readonly to: string;
}

/** Who does what was wanted, and who does what they did before: in this order each finds its new advisor free. */
export interface Room {
  readonly advisorId: string;
  readonly moves: readonly Reassignment[];
}

/**
 * Finds an advisor for one more consultation; those who are not tied to a person may change theirs.
 *
 * Where all that is in the way takes the very same time (one grid, one duration), this is matching in a bipartite graph of
 * consultations and advisors. By Hall's theorem (1935) room is missing exactly where some set of consultations has fewer suitable
 * advisors between them than it has members; by Berge's (1957) there is room exactly if an alternating path leads from the newcomer
 * to a free advisor: whoever takes the newcomer hands on what they had, and so on. The path is looked for breadth first, so that as few
 * as possible change, and among those the best advisors are taken, in the roster's order: the same situation always has the same answer.
 *
 * With mixed durations or buffers one consultation may be in the way of several, and to colour intervals from lists is NP-hard (Biró,
 * Hujter, Tuza 1992). Then the same search comes first, and after it one that moves several at a time and gives up after a bounded
 * number of looks. Each answer is tried out on the roster before it is given, so what is found can be done; what is not found may,
 * rarely, have been possible (the tests measure how rarely).
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

/** Where everybody suitable has something that cannot give way, there is nothing to try. */
function isThinkable(roster: Roster, demand: Demand): boolean {
  return roster
    .suitable(demand)
    .some((advisorId) => roster.engaged(advisorId, demand.time).every((each) => roster.mayMove(each)));
}

/** What is asked comes from outside, and so is bounded. */
const MAX_KNOWN_NOWHERE = 5_000;

function keyOf({ topicId, language, onlyAdvisorId, time: { start, end } }: Demand): string {
  return `${start} ${end} ${topicId} ${language} ${onlyAdvisorId}`;
}

/**
 * How many more of the same kind fit, all together. Whatever room is found is taken before the next is looked for, which by Berge's
 * theorem reaches the greatest number, wherever one begins.
 *
 * @param most a whole number; no more are counted
 * @param allows whether the newcomers may be where they are then, with those who moved for them: whoever is not allowed is not counted
 */
export function roomFor(
  roster: Roster,
  demand: Demand,
  most: number,
  allows: (changed: readonly Engagement[]) => boolean = () => true,
): number {
  const { onlyAdvisorId, ...kind } = demand;
  const changed = new Map<string, Engagement>();
  for (let found = 0; found < most; found++) {
    const room = makeRoom(found === 0 ? roster : after(roster, [...changed.values()]), demand);
    if (!room) return found;
    const { advisorId, moves } = room;
    const newcomer = { ...kind, id: `newcomer ${found}`, advisorId, movable: onlyAdvisorId === undefined };
    for (const each of [...moves.map(reassigned), newcomer]) changed.set(each.id, each);
    if (!allows([...changed.values()])) return found;
  }
  return most;
}

/** Somebody who needs an advisor, and whose place they lost to whom. */
interface Step {
  readonly needs: Demand | Engagement;
  readonly before: Step | null;
}

/** Each moves at most one other. `mixed`: somewhere more was in the way, or something of another time. */
function alongOnePath(roster: Roster, demand: Demand): { room?: Room; mixed: boolean } {
  const seen = new Set<string>();
  const steps: Step[] = [{ needs: demand, before: null }];
  let mixed = false;
  for (const step of steps) {
    const { needs } = step;
    for (const advisorId of roster.suitable(needs)) {
      if (isEngagement(needs) && advisorId === needs.advisorId) continue;
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

/** The last of the path is free, so it begins there. */
function roomAlong(last: Step, free: string): Room {
  const moves: Reassignment[] = [];
  let to = free;
  for (let step: Step | null = last; step; step = step.before) {
    if (!isEngagement(step.needs)) break;
    moves.push({ engagement: step.needs, to });
    to = step.needs.advisorId;
  }
  return { advisorId: to, moves };
}

/** Tries it out, move by move. */
function isPossible(roster: Roster, { advisorId, moves }: Room, demand: Demand): boolean {
  let now = roster;
  for (const move of moves) {
    if (now.engaged(move.to, move.engagement.time).length > 0) return false;
    now = after(now, [reassigned(move)]);
  }
  return now.engaged(advisorId, demand.time).length === 0;
}

/** The roster when these are where they say; wherever they were before, they are no longer. */
export function after(roster: Roster, changed: readonly Engagement[]): Roster {
  const ids = new Set(changed.map(({ id }) => id));
  return {
    suitable: (demand) => roster.suitable(demand),
    mayMove: (engagement) => roster.mayMove(engagement),
    looks: roster.looks,
    engaged: (advisorId, time) => [
      ...roster.engaged(advisorId, time).filter(({ id }) => !ids.has(id)),
      ...changed.filter((each) => each.advisorId === advisorId && overlaps(each.time, time)),
    ],
  };
}

export function reassigned({ engagement, to }: Reassignment): Engagement {
  return { ...engagement, advisorId: to };
}

export function isEngagement(needs: Demand | Engagement): needs is Engagement {
  return 'movable' in needs;
}

function isSameTime(a: Interval, b: Interval): boolean {
  return a.start === b.start && a.end === b.end;
}
