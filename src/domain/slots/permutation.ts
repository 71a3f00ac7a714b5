import type { Instant } from '../calendar/interval';
import { memo } from '../memo';
import {
  freeSlots,
  type PlacedEngagement,
  type ResolvedQuery,
  type SlotWithAdvisors,
  type Snapshot,
} from './freeSlots';
import type { Reassignment } from './matching';

/** A booking that is to be elsewhere. */
export interface Mover {
  readonly id: string;
  /** With `advisorId`: only that one will do. */
  readonly query: ResolvedQuery;
  readonly start: Instant;
  /** Where it is: at the same time it keeps its advisor, if they can be there. */
  readonly before: { readonly start: Instant; readonly advisorId: string };
  /** Whether the next ones may give it another advisor than the first that is found; never where one was asked for. */
  readonly movable: boolean;
}

/** Where it will be. */
export interface Place extends Pick<SlotWithAdvisors, 'time' | 'blockedUntil'> {
  readonly id: string;
  readonly advisorId: string;
}

/** What becomes of all of them: nothing can be done as long as one is refused. */
export interface Permutation {
  readonly places: readonly Place[];
  /** Who has to change for them, and is none of them; each once. */
  readonly others: readonly Reassignment[];
  /** Ids of those for whom there is no room, all others being where they want to be. */
  readonly refused: readonly string[];
}

/**
 * Finds places for several bookings that move at once. All of them have left when the first one looks for its place, so two may swap; each is
 * asked about with `offers`, as if it were alone, once those before it are where they want to be. Who asks for a person comes first, since
 * the others can go round them.
 *
 * @param movers each booking once, and none that stays where it is
 */
export function permutation(snapshot: Snapshot, movers: readonly Mover[]): Permutation {
  const leaving = new Set(movers.map(({ id }) => id));
  /** All that is elsewhere by now. */
  const placed = new Map<string, PlacedEngagement>();
  const moved = new Map<string, Reassignment>();
  const refused: string[] = [];
  const strictest = [...movers].sort((a, b) => freedom(a) - freedom(b));
  for (const mover of strictest) {
    const { query, start } = mover;
    const now = later(snapshot, { leaving, placed });
    const [offer] = freeSlots(now, query, { start, end: start + 1 });
    const advisorId = offer && chosen(offer, mover);
    if (!offer || advisorId === undefined) {
      refused.push(mover.id);
      continue;
    }
    for (const { engagement, to } of offer.moves) {
      const taken = now.diary(engagement.advisorId).find(({ id }) => id === engagement.id);
      if (taken) placed.set(engagement.id, { ...taken, advisorId: to });
      moved.set(engagement.id, { engagement: moved.get(engagement.id)?.engagement ?? engagement, to });
    }
    placed.set(mover.id, takenBy(mover, offer, advisorId));
  }
  return {
    places: movers.flatMap(({ id }) => {
      const at = placed.get(id);
      return at ? [{ id, advisorId: at.advisorId, time: at.consultation, blockedUntil: at.time.end }] : [];
    }),
    others: [...moved.values()].filter(({ engagement: { id, advisorId }, to }) => !leaving.has(id) && to !== advisorId),
    refused,
  };
}

function freedom({ query }: Mover): number {
  return query.advisorId === undefined ? 1 : 0;
}

/** Whoever has somebody at that time keeps them, if that can be; else the first is the best. */
function chosen({ advisors, time }: SlotWithAdvisors, { before }: Mover): string | undefined {
  const own = time.start === before.start ? advisors.find(({ id }) => id === before.advisorId) : undefined;
  return (own ?? advisors[0])?.id;
}

function takenBy(
  { id, query, movable }: Mover,
  { time, blockedUntil, mode }: SlotWithAdvisors,
  advisorId: string,
): PlacedEngagement {
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
  };
}

/** The same desk when all who leave have left, and some have their new place. */
function later(
  snapshot: Snapshot,
  { leaving, placed }: { leaving: ReadonlySet<string>; placed: ReadonlyMap<string, PlacedEngagement> },
): Snapshot {
  const there = [...placed.values()];
  // The same diary each time: loads are worked out once for each.
  const diary = memo(snapshot.desk.advisors.length, (advisorId) =>
    [
      ...snapshot.diary(advisorId).filter(({ id }) => !leaving.has(id) && !placed.has(id)),
      ...there.filter((each) => each.advisorId === advisorId),
    ].sort((a, b) => a.time.start - b.time.start),
  );
  return { ...snapshot, diary };
}
