import { overlaps } from '../calendar/interval';
import { spend } from './looks';
import {
  after,
  type Demand,
  type Engagement,
  isEngagement,
  type Reassignment,
  type Room,
  type Roster,
  reassigned,
} from './matching';

/** Beyond so many reassignments for one newcomer, mixed durations are given up. */
const MAX_MOVES = 5;
/** And beyond so many looks at an advisor: some milliseconds. */
const MAX_LOOKS = 3_000;

/** A state of the search: who still needs somebody, who has changed, how many more may, and who takes the newcomer. */
interface Search {
  readonly waiting: readonly (Demand | Engagement)[];
  readonly moved: readonly Reassignment[];
  readonly left: number;
  readonly taker: string | null;
}

/** Moves up to `MOST_MOVES`, first as few as possible; each at most once. */
export function severalAtATime(roster: Roster, demand: Demand): Room | undefined {
  let looks = 0;
  let isCut = false;

  function settle({ waiting, moved, left, taker }: Search): Room | undefined {
    const [needs, ...others] = waiting;
    if (!needs) return taker === null ? undefined : inOrder(roster, { advisorId: taker, moves: moved }, demand);
    const leaving = new Set(
      [...moved.map(({ engagement }) => engagement), ...waiting].filter(isEngagement).map(({ id }) => id),
    );
    for (const advisorId of roster.suitable(needs)) {
      if (++looks > MAX_LOOKS || !spend(roster.looks)) {
        looks = MAX_LOOKS + 1;
        return undefined;
      }
      const isOwn = isEngagement(needs) && advisorId === needs.advisorId;
      const isTaken =
        (advisorId === taker && overlaps(demand.time, needs.time)) ||
        moved.some(({ engagement, to }) => to === advisorId && overlaps(engagement.time, needs.time));
      if (isOwn || isTaken) continue;
      const inTheWay = roster.engaged(advisorId, needs.time).filter(({ id }) => !leaving.has(id));
      if (inTheWay.some((each) => !roster.mayMove(each))) continue;
      if (inTheWay.length > left) {
        isCut = true;
        continue;
      }
      const room = settle({
        waiting: [...others, ...inTheWay],
        moved: isEngagement(needs) ? [...moved, { engagement: needs, to: advisorId }] : moved,
        left: left - inTheWay.length,
        taker: isEngagement(needs) ? taker : advisorId,
      });
      if (room) return room;
    }
    return undefined;
  }

  for (let most = 1; most <= MAX_MOVES && looks <= MAX_LOOKS; most++) {
    isCut = false;
    const room = settle({ waiting: [demand], moved: [], left: most, taker: null });
    if (room) return room;
    // All was tried: more moves would lead no further.
    if (!isCut) break;
  }
  return undefined;
}

/** Brings the moves into an order in which each finds its new advisor free; undefined: two would have to change at once. */
function inOrder(roster: Roster, room: Room, demand: Demand): Room | undefined {
  const moves: Reassignment[] = [];
  let [waiting, now] = [room.moves, roster];
  while (waiting.length > 0) {
    const next = waiting.find(({ engagement, to }) => now.engaged(to, engagement.time).length === 0);
    if (!next) return undefined;
    moves.push(next);
    now = after(now, [reassigned(next)]);
    waiting = waiting.filter((each) => each !== next);
  }
  return now.engaged(room.advisorId, demand.time).length === 0 ? { ...room, moves } : undefined;
}
