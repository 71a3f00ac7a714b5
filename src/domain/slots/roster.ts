import { type Instant, type Interval, overlaps, subtract } from '../calendar/interval';
import { weekInterval } from '../calendar/zone';
import { type Desk, MODES } from '../desk';
import { memo, perObject } from '../memo';
import { flexibility, teamOf } from '../team';
import type { Assignment, Demand, Roster } from './assignment';
import { firstFrom } from './occupancy';
import { fits } from './shifts';

/** A desk's advisors and engagements at one moment. */
interface Staffing {
  readonly desk: Pick<Desk, 'advisors' | 'hours'>;
  /**
   * Returns an advisor's engagements, ascending by start and disjoint. They must cover the whole ISO weeks that will be
   * asked about, because the load is counted by week.
   */
  readonly diary: (advisorId: string) => readonly Assignment[];
  /** Returns when an advisor works: ascending and disjoint. */
  readonly shift: (advisorId: string) => readonly Interval[];
  /** An engagement that begins before this instant keeps its advisor, who has prepared for it. */
  readonly fixedUntil: Instant;
}

/** A `Roster` with queries for callers to whom the order of advisors does not matter. */
export interface DeskRoster extends Roster {
  /** Returns the same advisors as `suitable` in any order, and reads no diaries for it. */
  present(demand: Demand): readonly string[];
  /** Returns when the advisor works, ascending and disjoint. */
  shift(advisorId: string): readonly Interval[];
}

/**
 * Returns who can do what at a desk. The best advisor is the one who covers the fewest kinds of consultation, so that
 * versatile advisors stay free for what only they can take; then the one with the fewest minutes in that ISO week;
 * then the smaller id.
 */
export function rosterOf({ desk, diary, shift, fixedUntil }: Staffing): DeskRoster {
  const team = teamOf(desk);
  const ranked = ranking(desk, diary);
  const atWork = (advisorIds: readonly string[], time: Interval) => {
    // Most advisors work whenever the desk is open, so the last answer is reused for the same shift.
    let [last, there]: [readonly Interval[] | undefined, boolean] = [undefined, false];
    return advisorIds.filter((advisorId) => {
      const own = shift(advisorId);
      if (own !== last) there = fits(own, time);
      last = own;
      return there;
    });
  };
  return {
    suitable: (demand) => atWork(ranked(demand), demand.time),
    present: ({ topicId, language, mode, onlyAdvisorId, time }) =>
      atWork(team.ableIds({ topicId, language, mode, advisorId: onlyAdvisorId }), time),
    shift,
    engaged: (advisorId, time) => among(diary(advisorId), time),
    mayMove: ({ movable, time }) => movable && time.start >= fixedUntil,
  };
}

/**
 * Returns when the advisor works and has no engagements: ascending and disjoint. @param reach all of the roster's time
 */
export function idleTime(roster: DeskRoster, advisorId: string, reach: Interval): Interval[] {
  return without(roster.shift(advisorId), roster.engaged(advisorId, reach));
}

/**
 * Returns when the advisor works and has no engagements, or only ones that may go to another: ascending and disjoint.
 * @param reach all of the roster's time
 */
export function chancesOf(roster: DeskRoster, advisorId: string, reach: Interval): Interval[] {
  const stays = roster.engaged(advisorId, reach).filter((each) => !roster.mayMove(each));
  return without(roster.shift(advisorId), stays);
}

function without(shift: readonly Interval[], engagements: readonly Assignment[]): Interval[] {
  return subtract(
    shift,
    engagements.map(({ time }) => time),
  );
}

const NO_ASSIGNMENTS: readonly never[] = [];

/**
 * Returns the engagements that overlap `time`. @param own ascending by start and disjoint, so that of those that begin
 * before `time` only the last can overlap it
 */
export function among<Own extends Assignment>(own: readonly Own[], time: Interval): readonly Own[] {
  const first = firstFrom(own, time.start);
  const before = own[first - 1];
  const from = before && overlaps(before.time, time) ? first - 1 : first;
  let to = from;
  while (to < own.length && (own[to] as Assignment).time.start < time.end) to++;
  return from === to ? NO_ASSIGNMENTS : own.slice(from, to);
}

/** The number of weeks of one diary whose load is remembered. */
const MAX_REMEMBERED_LOADS = 100;

/** The load of an advisor in a week in milliseconds, by the diary and the text `<start> <end>` of the week. */
const loads = perObject((own: readonly Assignment[]) =>
  memo(MAX_REMEMBERED_LOADS, (week) => {
    const [start = 0, end = 0] = week.split(' ').map(Number);
    return among(own, { start, end }).reduce((sum, { time }) => sum + time.end - time.start, 0);
  }),
);

/**
 * The number of pairs of week and demand whose ordered advisors are remembered; limited, because demands come from
 * outside.
 */
const MAX_RANKED_DEMANDS = 2_000;
/** Stands for any topic, language, mode or advisor in a key; no id is equal to it. */
const ANY = '\0';

/** Lists the advisors who could ever take the demand, the best first. */
function ranking(
  desk: Staffing['desk'],
  diaryOf: (advisorId: string) => readonly Assignment[],
): (demand: Demand) => readonly string[] {
  const zone = desk.hours.timeZone;
  const team = teamOf(desk);
  const ranked = memo(MAX_RANKED_DEMANDS, (asked) => {
    const [week = '', ...demand] = asked.split('\n');
    const [topicId, advisorId, mode, language] = [...demand.slice(0, 3), demand.slice(3).join('\n')].map((part) =>
      part === ANY ? undefined : part,
    );
    const modes = mode === undefined ? null : MODES.filter((each) => mode.split(',').includes(each));
    return team
      .able({ topicId: topicId ?? null, language: language ?? null, mode: modes, advisorId })
      .map((advisor) => ({
        id: advisor.id,
        flexibility: flexibility(advisor),
        load: loads(diaryOf(advisor.id))(week),
      }))
      .sort((a, b) => a.flexibility - b.flexibility || a.load - b.load || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  });
  return (demand) => {
    const { topicId, language, onlyAdvisorId, time } = demand;
    const { start, end } = weekInterval(time.start, zone);
    const mode = team.modeThatMatters(demand);
    return ranked(`${start} ${end}\n${topicId ?? ANY}\n${onlyAdvisorId ?? ANY}\n${mode ?? ANY}\n${language ?? ANY}`);
  };
}
