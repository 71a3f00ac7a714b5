import { type Instant, type Interval, overlaps } from '../calendar/interval';
import { memo } from '../memo';
import type { Reassignment } from './assignment';
import { placesUsed } from './capacity';
import type { Engagement } from './engagement';
import { freeSlots, type ResolvedQuery, type SlotWithAdvisors, type Snapshot, withDiaries } from './freeSlots';

/** A booking that shall move to another time or advisor. */
export interface Mover {
  readonly id: string;
  /** The query of the move. If it names an advisor, only that one will do. */
  readonly query: ResolvedQuery;
  readonly start: Instant;
  /** The place of the booking now. If only its advisor is open, it keeps the advisor where possible. */
  readonly before: { readonly start: Instant; readonly advisorId: string };
  /** `true` if movers after it may change the advisor that was found for it; never `true` if the query names one. */
  readonly movable: boolean;
  /**
   * The place that it gets with the query's advisor as soon as nobody sits there, whatever hours, language, topic and
   * reserves say. Absent: it goes only where the search would find room.
   */
  readonly insists?: { readonly time: Interval; readonly blockedUntil: Instant } | undefined;
  /** Where it may begin if there is no room at `start`, the earliest first. It is placed after all who find room there. */
  readonly orElse?: Interval | undefined;
}

/** A slot with whom it can be taken, however many more would fit. */
type PlaceToTake = Omit<SlotWithAdvisors, 'free'>;

/** The new place of a booking. */
interface Place extends Pick<SlotWithAdvisors, 'time' | 'blockedUntil'> {
  readonly id: string;
  readonly advisorId: string;
}

/** The result for all movers. As long as one of them is refused, none can move. */
export interface Permutation {
  readonly places: readonly Place[];
  /** Other engagements that change advisors to make room; each once, and none is a mover. */
  readonly others: readonly Reassignment[];
  /** Ids of the movers for which there is no room once the others are in their new places. */
  readonly refused: readonly string[];
}

/**
 * Finds places for several bookings that move at the same time. All of them leave their places before the first is
 * placed, so two may swap. They are then placed one by one with `freeSlots`, each after those before it have taken
 * their new places. Movers that ask for one advisor are placed first, because the others can be placed around them;
 * last come those who have to go to another time than they asked for.
 *
 * @param movers each booking once; none that stays where it is
 */
export function permutation(snapshot: Snapshot, movers: readonly Mover[]): Permutation {
  const { leaving, placed, moved, refused } = placeAll(snapshot, movers);
  return {
    places: movers.flatMap(({ id }) => {
      const at = placed.get(id);
      return at ? [{ id, advisorId: at.advisorId, time: at.consultation, blockedUntil: at.time.end }] : [];
    }),
    others: [...moved.values()].filter(({ assignment: { id, advisorId }, to }) => !leaving.has(id) && to !== advisorId),
    refused,
  };
}

/** The desk once movers are in their new places. */
interface AfterMoves {
  readonly snapshot: Snapshot;
  /** Ids of the movers for which there is no room. They are nowhere. */
  readonly refused: readonly string[];
}

/** Returns the snapshot as it is once all movers are in their new places, as `permutation` finds them. */
export function afterMoves(snapshot: Snapshot, movers: readonly Mover[]): AfterMoves {
  if (movers.length === 0) return { snapshot, refused: [] };
  const placing = placeAll(snapshot, movers);
  return { snapshot: later(snapshot, placing), refused: placing.refused };
}

/** Who has left their places, and who has taken which by then. */
interface Placing {
  readonly leaving: ReadonlySet<string>;
  /** The engagements that have a new place. */
  readonly placed: ReadonlyMap<string, Engagement>;
}

interface AllPlaced extends Placing {
  /** All engagements that changed advisors on the way. */
  readonly moved: ReadonlyMap<string, Reassignment>;
  readonly refused: readonly string[];
}

/**
 * Places all movers. Who insists on a place can have it only after somebody has left it for the sake of another mover, or
 * only before somebody is sent there: if one order has no room for all of them, the next is tried.
 */
function placeAll(snapshot: Snapshot, movers: readonly Mover[]): AllPlaced {
  const inLineOrder = placeInOrder(snapshot, movers, openness);
  if (inLineOrder.refused.length === 0 || !movers.some(({ insists }) => insists)) return inLineOrder;
  for (const turn of [LAST_OF_THE_NAMED, FIRST]) {
    const other = placeInOrder(snapshot, movers, (mover) => (mover.insists ? turn : openness(mover)));
    if (other.refused.length === 0) return other;
  }
  return inLineOrder;
}

/** How much a mover leaves open, for the order of placing: one advisor, or anybody. */
function openness({ query }: Mover): number {
  return query.advisorId === undefined ? 2 : 0;
}

/** When those who insist are placed, beside `openness`. */
const [FIRST, LAST_OF_THE_NAMED] = [-1, 1];

function placeInOrder(snapshot: Snapshot, movers: readonly Mover[], rank: (mover: Mover) => number): AllPlaced {
  const leaving = new Set(movers.map(({ id }) => id));
  const placed = new Map<string, Engagement>();
  const moved = new Map<string, Reassignment>();

  /** Places the mover at its start, or else at the first free one in the range. @returns `false` if there is no room */
  function place(mover: Mover, range: Interval): boolean {
    const now = later(snapshot, { leaving, placed });
    const offer = vacantPlace(now, mover) ?? freeSlots(now, mover.query, range)[0];
    const advisorId = offer && chosen(offer, mover);
    if (!offer || advisorId === undefined) return false;
    for (const { assignment, to } of offer.moves) {
      const taken = now.diary(assignment.advisorId).find(({ id }) => id === assignment.id);
      if (taken) placed.set(assignment.id, { ...taken, advisorId: to });
      moved.set(assignment.id, { assignment: moved.get(assignment.id)?.assignment ?? assignment, to });
    }
    placed.set(mover.id, takenBy(mover, offer, advisorId));
    return true;
  }

  const left = [...movers]
    .sort((a, b) => rank(a) - rank(b))
    .filter((mover) => !place(mover, { start: mover.start, end: mover.start + 1 }));
  const refused = left.filter((mover) => !mover.orElse || !place(mover, mover.orElse)).map(({ id }) => id);
  return { leaving, placed, moved, refused };
}

/**
 * Returns the place on which the mover insists, if its advisor has nothing else to do then and the desk has a place for
 * its mode.
 */
function vacantPlace(
  { desk, diary }: Pick<Snapshot, 'desk' | 'diary'>,
  { query, insists }: Mover,
): PlaceToTake | undefined {
  if (!insists) return undefined;
  const { time, blockedUntil } = insists;
  const whole = { start: time.start, end: blockedUntil };
  const advisor = desk.advisors.find(({ id }) => id === query.advisorId);
  const mode = query.mode ?? query.topic.modes[0];
  if (!advisor || !mode || diary(advisor.id).some((each) => overlaps(each.time, whole))) return undefined;
  const most = desk.capacities[mode] ?? Number.POSITIVE_INFINITY;
  const engaged = () => desk.advisors.flatMap(({ id }) => diary(id));
  if (most < Number.POSITIVE_INFINITY && placesUsed(engaged(), mode, time) >= most) return undefined;
  return { time, blockedUntil, mode, advisors: [advisor], moves: [] };
}

/**
 * Chooses the advisor of a mover: at an unchanged time its own advisor if possible, otherwise the first, who is the
 * best.
 */
function chosen({ advisors, time }: PlaceToTake, { before }: Mover): string | undefined {
  const own = time.start === before.start ? advisors.find(({ id }) => id === before.advisorId) : undefined;
  return (own ?? advisors[0])?.id;
}

function takenBy(
  { id, query, movable }: Mover,
  { time, blockedUntil, mode }: PlaceToTake,
  advisorId: string,
): Engagement {
  return {
    id,
    advisorId,
    time: { start: time.start, end: blockedUntil },
    consultation: time,
    topicId: query.topic.id,
    language: query.language,
    mode,
    movable: movable && query.advisorId === undefined,
    urgent: query.urgent,
    heldUntil: null,
  };
}

/** Returns the snapshot after all movers have left their places and some have taken their new ones. */
function later(snapshot: Snapshot, { leaving, placed }: Placing): Snapshot {
  const there = [...placed.values()];
  // Each diary is built once, because loads are computed once for each diary object.
  const diary = memo(snapshot.desk.advisors.length, (advisorId) => {
    const own = snapshot.diary(advisorId);
    const coming = there.filter((each) => each.advisorId === advisorId);
    const staying = own.filter(({ id }) => !leaving.has(id) && !placed.has(id));
    // Most diaries stay the same, and so does what was derived from them.
    if (coming.length === 0 && staying.length === own.length) return own;
    return [...staying, ...coming].sort((a, b) => a.time.start - b.time.start);
  });
  return withDiaries(snapshot, diary);
}
