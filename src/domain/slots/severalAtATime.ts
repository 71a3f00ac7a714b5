import { overlaps } from '../calendar/interval';
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
import { spend } from './looks';

/** The most reassignments for one new consultation; a search among mixed durations gives up beyond them. */
const MAX_MOVES = 5;
/** The most looks at an advisor, which take some milliseconds; the search gives up beyond them. */
const MAX_LOOKS = 3_000;

/**
 * A state of the search: the consultations that still need an advisor, the reassignments made, how many more are
 * allowed, and who takes the new consultation.
 */
interface Search {
  readonly waiting: readonly (Demand | Assignment)[];
  readonly moved: readonly Reassignment[];
  readonly left: number;
  readonly taker: string | null;
}

/**
 * Searches room by moving up to `MAX_MOVES` engagements, each at most once; solutions with fewer moves are tried first.
 */
export function severalAtATime(roster: Roster, demand: Demand): Room | undefined {
  let looks = 0;
  let isCut = false;

  function settle({ waiting, moved, left, taker }: Search): Room | undefined {
    const [needs, ...others] = waiting;
    if (!needs) return taker === null ? undefined : inOrder(roster, { advisorId: taker, moves: moved }, demand);
    const leaving = new Set(
      [...moved.map(({ assignment }) => assignment), ...waiting].filter(isAssignment).map(({ id }) => id),
    );
    for (const advisorId of roster.suitable(needs)) {
      if (++looks > MAX_LOOKS || !spend(roster.looks)) {
        looks = MAX_LOOKS + 1;
        return undefined;
      }
      const isOwn = isAssignment(needs) && advisorId === needs.advisorId;
      const isTaken =
        (advisorId === taker && overlaps(demand.time, needs.time)) ||
        moved.some(({ assignment, to }) => to === advisorId && overlaps(assignment.time, needs.time));
      if (isOwn || isTaken) continue;
      const inTheWay = roster.engaged(advisorId, needs.time).filter(({ id }) => !leaving.has(id));
      if (inTheWay.some((each) => !roster.mayMove(each))) continue;
      if (inTheWay.length > left) {
        isCut = true;
        continue;
      }
      const room = settle({
        waiting: [...others, ...inTheWay],
        moved: isAssignment(needs) ? [...moved, { assignment: needs, to: advisorId }] : moved,
        left: left - inTheWay.length,
        taker: isAssignment(needs) ? taker : advisorId,
      });
      if (room) return room;
    }
    return undefined;
  }

  for (let most = 1; most <= MAX_MOVES && looks <= MAX_LOOKS; most++) {
    isCut = false;
    const room = settle({ waiting: [demand], moved: [], left: most, taker: null });
    if (room) return room;
    // No branch was cut for its number of moves, so allowing more would find nothing else.
    if (!isCut) break;
  }
  return undefined;
}

/**
 * Orders the moves so that each finds its new advisor free. Returns undefined if two would have to be made at the same
 * time.
 */
function inOrder(roster: Roster, room: Room, demand: Demand): Room | undefined {
  const moves: Reassignment[] = [];
  let [waiting, now] = [room.moves, roster];
  while (waiting.length > 0) {
    const next = waiting.find(({ assignment, to }) => now.engaged(to, assignment.time).length === 0);
    if (!next) return undefined;
    moves.push(next);
    now = after(now, [reassigned(next)]);
    waiting = waiting.filter((each) => each !== next);
  }
  return now.engaged(room.advisorId, demand.time).length === 0 ? { ...room, moves } : undefined;
}
