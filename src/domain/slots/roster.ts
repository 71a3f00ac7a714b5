import { type Instant, type Interval, intersect, MINUTE, overlaps, subtract } from '../calendar/interval';
import { workingWindows } from '../calendar/openingHours';
import { weekInterval } from '../calendar/zone';
import type { Absence, Advisor, Desk } from '../desk';
import { groupBy } from '../groupBy';
import { memo, perObject } from '../memo';
import { flexibility, teamOf } from '../team';
import type { Assignment, Demand, Roster } from './assignment';
import { firstFrom } from './occupancy';

/** The parts of a desk on which its roster depends. */
type StaffedDesk = Pick<Desk, 'advisors' | 'hours' | 'fixedMinutes'>;

/** A desk with its advisors' absences and engagements at one moment. */
export interface Staffing<OfDesk extends StaffedDesk = StaffedDesk> {
  readonly desk: OfDesk;
  readonly absences: readonly Absence[];
  /**
   * Returns an advisor's engagements, ascending by start and disjoint. They must cover the whole ISO weeks that will be
   * asked about, because the load is counted by week.
   */
  readonly diary: (advisorId: string) => readonly Assignment[];
  readonly now: Instant;
}

/** When the desk is open, and the range that can be asked about. */
interface OpenTime {
  /** Ascending and disjoint. */
  readonly open: readonly Interval[];
  readonly reach: Interval;
}

/** A `Roster` with queries for callers to whom the order of advisors does not matter. */
export interface DeskRoster extends Roster {
  /** Returns the same advisors as `suitable` in any order, and reads no diaries for it. */
  present(demand: Demand): readonly string[];
  /** Returns when the advisor works, ascending and disjoint. */
  shift(advisorId: string): readonly Interval[];
}

/**
 * Returns who can do what at a desk. The best advisor is the one who covers the fewest pairs of language and topic, so
 * that versatile advisors stay free for what only they can take; then the one with the fewest minutes in that ISO week;
 * then the smaller id.
 */
export function rosterOf(staffing: Staffing, openTime: OpenTime): DeskRoster {
  const { desk, absences, diary, now } = staffing;
  const team = teamOf(desk);
  const away = groupBy(absences, ({ advisorId }) => advisorId);
  const shifts = memo(desk.advisors.length, (advisorId: string) => {
    const advisor = team.byId.get(advisorId);
    if (!advisor) return [];
    const works = worksIn(desk, advisor, openTime);
    const absent = away.get(advisorId)?.map(({ time }) => time);
    return absent ? subtract(works, absent) : works;
  });
  const ranked = ranking(desk, diary);
  const fixed = now + desk.fixedMinutes * MINUTE;
  const atWork = (advisorIds: readonly string[], time: Interval) => {
    // Most advisors work whenever the desk is open, so the last answer is reused for the same shift.
    let [last, there]: [readonly Interval[] | undefined, boolean] = [undefined, false];
    return advisorIds.filter((advisorId) => {
      const shift = shifts(advisorId);
      if (shift !== last) there = fits(shift, time);
      last = shift;
      return there;
    });
  };
  return {
    suitable: (demand) => atWork(ranked(demand), demand.time),
    present: ({ topicId, language, onlyAdvisorId, time }) =>
      atWork(team.ableIds({ topicId, language, advisorId: onlyAdvisorId }), time),
    shift: shifts,
    engaged: (advisorId, time) => among(diary(advisorId), time),
    mayMove: ({ movable, time }) => movable && time.start >= fixed,
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

/**
 * Returns when the advisor works inside the desk's windows, not considering absences.
 *
 * @param openTime `reach` is all of the time that `open` is asked about
 */
export function worksIn(desk: Pick<Desk, 'hours'>, advisor: Advisor, { open, reach }: OpenTime): readonly Interval[] {
  if (advisor.workingRules.length === 0) return open;
  return intersect(open, workingWindows(advisor.workingRules, desk.hours.timeZone, reach));
}

/** Tells whether `wanted` lies wholly inside one of the intervals. @param free ascending and disjoint */
export function fits(free: readonly Interval[], wanted: Interval): boolean {
  let [low, high] = [0, free.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((free[middle] as Interval).end < wanted.end) low = middle + 1;
    else high = middle;
  }
  const stretch = free[low];
  return stretch !== undefined && stretch.start <= wanted.start;
}

const NO_ASSIGNMENTS: readonly Assignment[] = [];

/**
 * Returns the engagements that overlap `time`. @param own ascending by start and disjoint, so that of those that begin
 * before `time` only the last can overlap it
 */
function among(own: readonly Assignment[], time: Interval): readonly Assignment[] {
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
/** Stands for any topic, language or advisor in a key; no id is equal to it. */
const ANY = '\0';

/** Lists the advisors who could ever take the demand, the best first. */
function ranking(
  desk: StaffedDesk,
  diaryOf: (advisorId: string) => readonly Assignment[],
): (demand: Demand) => readonly string[] {
  const zone = desk.hours.timeZone;
  const ranked = memo(MAX_RANKED_DEMANDS, (asked) => {
    const [week = '', ...demand] = asked.split('\n');
    const [topicId, advisorId, language] = [demand[0], demand[1], demand.slice(2).join('\n')].map((part) =>
      part === ANY ? undefined : part,
    );
    return teamOf(desk)
      .able({ topicId: topicId ?? null, language: language ?? null, advisorId })
      .map((advisor) => ({
        id: advisor.id,
        flexibility: flexibility(advisor),
        load: loads(diaryOf(advisor.id))(week),
      }))
      .sort((a, b) => a.flexibility - b.flexibility || a.load - b.load || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  });
  return ({ topicId, language, onlyAdvisorId, time }) => {
    const { start, end } = weekInterval(time.start, zone);
    return ranked(`${start} ${end}\n${topicId ?? ANY}\n${onlyAdvisorId ?? ANY}\n${language ?? ANY}`);
  };
}
