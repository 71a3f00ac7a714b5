import { type Desk, MODES, type Topic } from '../desk';
import { memo, perObject } from '../memo';
import type { WantedMode } from '../offering';
import { teamOf } from '../team';
import type { LanguageTag } from '../text';
import type { Assignment } from './assignment';
import { areSpent } from './looks';
import { roomFor } from './matching';
import type { KeptForOthers } from './reserves';
import { among } from './roster';
import { countAtSameTime, wholeAt } from './sameTime';
import { apartFrom, counted, hasStart, insideOf, type StartBits, type Starts } from './startBits';
import type { Week, WeekState } from './week';

/** A kind of consultation, for which places are counted. */
export interface CountedKind {
  readonly topic: Topic;
  readonly language: LanguageTag;
  /** See `Team.modeThatMatters`. */
  readonly mode: WantedMode;
  readonly advisorId?: string | undefined;
  readonly urgent?: boolean | undefined;
}

/** More places than this are not counted. */
export const MAX_COUNTED_FREE = 10;
/** The diaries of so many advisors are usually enough to count ten free places at each start. */
export const USUAL_DIARIES = 24;
/** Stands for a start that has not been counted yet. */
const NOT_COUNTED = 255;
/** The number of kinds of one week whose counts are remembered. They come from outside, so memory must be bounded. */
const MAX_COUNTED_KINDS = 300;

/**
 * Counts how many more consultations of a kind fit at each start of a week, up to `MAX_COUNTED_FREE`.
 *
 * 1. For each advisor a set of bits says at which starts they work and have nothing else to do (`startBits`). Added up
 *    over the advisors who can do it, that is how many are *idle*. Usually ten or more are, and nothing else is asked.
 * 2. With the advisors whose engagements may all go to others, that is the *bound*: if it is no more than the idle ones,
 *    they are the answer.
 * 3. Only between the two is it searched who could hand over what to whom: `sameTime` where what is in the way has the
 *    same time, or else `matching`, beginning with all idle advisors taken. Once a search has found nothing, the bound
 *    counts only engagements that can really give way, so most of the later searches are not even begun.
 * 4. Where something is kept for others, each place is tried against it (`reserves`).
 *
 * The counts hang on the week, so that they are made once for all questions and again only when something changes in
 * this week. A count that a spent budget has cut short is not remembered.
 *
 * @param kept undefined: nothing is kept for others, or the kind may use it
 * @returns a function from the index of a start (`week.hours.starts`) to the count
 */
export function freeCounts(week: Week, kind: CountedKind, kept?: KeptForOthers): (index: number) => number {
  const { topic, language, mode, advisorId, urgent } = kind;
  const { state } = week;
  const starts = state.hours.starts(topic);
  const forWhom = kept ? `${urgent} ${kept.released}` : '';
  const counts = countsOf(state, starts, kept?.reserves ?? NO_RESERVES);
  const { able, numbers, idle, free } = counts(
    `${topic.id}\n${advisorId ?? ''}\n${mode ?? ''}\n${forWhom}\n${language}`,
  );
  let bound: { readonly isTight: boolean; readonly counts: Uint8Array } | undefined;

  function boundAt(index: number): number {
    const { isTight } = week;
    if (bound?.isTight !== isTight) {
      const sets = able.map((id) => (isTight ? insideOf(week.chances(id), starts) : perhaps(state, id, starts)));
      bound = { isTight, counts: counted(sets, starts) };
    }
    return bound.counts[index] as number;
  }

  function count(index: number): number {
    const there = idle[index] as number;
    const most = Math.min(boundAt(index), MAX_COUNTED_FREE);
    if (!kept && most <= there) return there;
    const demand = { topicId: topic.id, language, mode, onlyAdvisorId: advisorId, time: wholeAt(starts, index) };
    const taken = () => able.filter((id) => hasStart(idleStarts(state, id, starts), index));
    const found = kept
      ? roomFor(week.roster, demand, most, { allows: kept.guard })
      : (countAtSameTime(state, { starts, index, able: numbers, most, isTied: advisorId !== undefined }) ??
        roomFor(week.roster, demand, most, { taken: taken() }));
    if (found === 0 || (!kept && found < most)) week.foundNoRoom();
    return found;
  }

  return (index) => {
    const known = free[index] as number;
    if (known !== NOT_COUNTED) return known;
    const found = count(index);
    if (!areSpent(week.looks)) free[index] = found;
    return found;
  };
}

const NO_RESERVES: Desk['reserves'] = [];

/** What is known of a kind in a week. */
interface Counts {
  /** The ids of the advisors who can do it. */
  readonly able: readonly string[];
  /** The same as numbers, see `Team.ableNumbers`. */
  readonly numbers: readonly number[];
  /** How many of them are idle at each start, up to 15. */
  readonly idle: Uint8Array;
  /** How many more fit at each start; `NOT_COUNTED` where nobody has asked yet. */
  readonly free: Uint8Array;
}

const countsOf = perObject((week: WeekState, starts: Starts, _reserves: Desk['reserves']) =>
  memo(MAX_COUNTED_KINDS, (kind): Counts => {
    const [topicId = '', advisorId, modes, forWhom, ...language] = kind.split('\n');
    const mode = modes ? MODES.filter((each) => modes.split(',').includes(each)) : null;
    const asked = { topicId, language: language.join('\n'), mode, advisorId: advisorId || undefined };
    const team = teamOf(week.hours.staff);
    const able = team.ableIds(asked);
    const isEnough = (count: number) => !forWhom && count >= MAX_COUNTED_FREE;
    const idleAmong = (ids: readonly string[]) =>
      counted(
        ids.map((id) => idleStarts(week, id, starts)),
        starts,
      );
    const first = able.length > USUAL_DIARIES ? idleAmong(able.slice(0, USUAL_DIARIES)) : undefined;
    const idle = first?.every(isEnough) ? first : idleAmong(able);
    const numbers = team.ableNumbers(asked);
    return { able, numbers, idle, free: idle.map((count) => (isEnough(count) ? MAX_COUNTED_FREE : NOT_COUNTED)) };
  }),
);

/** Returns the starts at which the advisor works and has no engagements. */
function idleStarts({ hours, diary }: WeekState, advisorId: string, starts: Starts): StartBits {
  const works = hours.startsIn(hours.shift(advisorId), starts);
  const own = diary(advisorId);
  return own.length === 0 ? works : idleOf(own, starts, works);
}

const idleOf = perObject((own: readonly Assignment[], starts: Starts, works: StartBits) =>
  apartFrom(touching(own, starts), starts, works),
);

/** Returns the starts at which the advisor works and has no engagements, or only ones that may go to others. */
function perhaps({ hours, diary, fixedUntil }: WeekState, advisorId: string, starts: Starts): StartBits {
  const stays = touching(diary(advisorId), starts).filter(({ movable, time }) => !movable || time.start < fixedUntil);
  return apartFrom(stays, starts, hours.startsIn(hours.shift(advisorId), starts));
}

/** Returns the engagements that touch any of the starts. */
function touching(own: readonly Assignment[], { times, blockedMs }: Starts): readonly Assignment[] {
  const [first, last] = [times[0], times.at(-1)];
  return first && last ? among(own, { start: first.start, end: last.start + blockedMs }) : [];
}
