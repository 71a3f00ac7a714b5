import type { Desk, Mode } from '../desk';
import { teamOf } from '../team';
import { placesIn } from './capacity';
import { type CountedKind, freeCounts, MAX_COUNTED_FREE } from './freeCounts';
import { roomInTurn } from './matching';
import type { KeptForOthers } from './reserves';
import { wholeAt } from './sameTime';
import type { Week } from './week';

/** How many more consultations fit at a start, at least 1, and the first mode in which one does. */
interface FreeInMode {
  readonly mode: Mode;
  readonly free: number;
}

/** What is asked about a week. */
interface ModesAsked {
  readonly capacities: Desk['capacities'];
  /** Those that will do, the best first: somebody could take the consultation in each. */
  readonly modes: readonly Mode[];
  /** What is kept for others; undefined: nothing. */
  readonly kept: KeptForOthers | undefined;
}

/**
 * Counts how many more consultations of a kind fit at each start of a week, up to `MAX_COUNTED_FREE`: for each the desk
 * has a place in its mode, and somebody is there who gives consultations in it. Where all who could take it do so in the
 * same modes, it is the lower of the two numbers; otherwise each mode is counted, and only where several have room, how
 * many fit together.
 *
 * @returns a function of the index of a start (`week.hours.starts`); undefined: none fits
 */
export function freeInModes(
  week: Week,
  kind: Omit<CountedKind, 'mode'>,
  { capacities, modes, kept }: ModesAsked,
): (index: number) => FreeInMode | undefined {
  const { state } = week;
  const { topic, language, advisorId } = kind;
  const starts = state.hours.starts(topic);
  const team = teamOf(state.hours.staff);
  const wanted = { topicId: topic.id, language, advisorId };

  function alike(some: readonly Mode[]): (index: number) => FreeInMode | undefined {
    const placesAt = placesIn(state, { capacities, modes: some, starts });
    const countAt = freeCounts(week, { ...kind, mode: team.modeThatMatters({ ...wanted, mode: some }) }, kept);
    return (index) => {
      const places = placesAt(index);
      const free = places && Math.min(places.left, countAt(index));
      return places && free ? { mode: places.mode, free } : undefined;
    };
  }

  /** Counts how many fit one after the other, with who changes advisors for them. */
  function together(inEach: readonly FreeInMode[], index: number): number {
    const most = inEach.reduce((sum, { free }) => sum + free, 0);
    const time = wholeAt(starts, index);
    const kinds = inEach.map(({ mode, free }) => ({
      demand: { topicId: topic.id, language, mode, onlyAdvisorId: advisorId, time },
      most: free,
    }));
    return roomInTurn(week.roster, kinds, Math.min(most, MAX_COUNTED_FREE), kept?.guard);
  }

  const able = team.ableIds({ ...wanted, mode: modes }).length;
  if (modes.every((mode) => team.ableIds({ ...wanted, mode }).length === able)) return alike(modes);
  const counts = modes.map((mode) => alike([mode]));
  return (index) => {
    const inEach = counts.flatMap((countAt) => countAt(index) ?? []);
    const [first] = inEach;
    const most = Math.max(...inEach.map(({ free }) => free));
    const isKnown = inEach.length === 1 || most === MAX_COUNTED_FREE;
    return first && { mode: first.mode, free: isKnown ? most : Math.max(most, together(inEach, index)) };
  };
}
