import { type Instant, type Interval, intersect, MINUTE, overlaps, subtract } from '../calendar/interval';
import { workingWindows } from '../calendar/openingHours';
import { weekInterval } from '../calendar/zone';
import type { Absence, Advisor, Desk } from '../desk';
import { groupBy } from '../groupBy';
import { memo, perObject } from '../memo';
import { flexibility, teamOf } from '../team';
import type { Demand, Engagement, Roster } from './engagement';
import { firstFrom } from './occupancy';

/** What of a desk its people depend on. */
type StaffedDesk = Pick<Desk, 'advisors' | 'hours' | 'fixedMinutes'>;

/** A desk's people at one moment. */
export interface Staffing<OfDesk extends StaffedDesk = StaffedDesk> {
  readonly desk: OfDesk;
  readonly absences: readonly Absence[];
  /** What an advisor has, ascending by start and disjoint. It must cover the whole ISO weeks that will be asked about, for the load. */
  readonly diary: (advisorId: string) => readonly Engagement[];
  readonly now: Instant;
}

/** When the desk is open, and all of the time about which will be asked. */
interface OpenTime {
  /** Ascending and disjoint. */
  readonly open: readonly Interval[];
  readonly reach: Interval;
}

/** `Roster` for when it does not matter who is the best. */
export interface DeskRoster extends Roster {
  /** The same as `suitable`, in whatever order: nobody's diary is looked at for it. */
  present(demand: Demand): readonly string[];
  /** When the advisor is at work, ascending and disjoint. */
  shift(advisorId: string): readonly Interval[];
}

/**
 * Who can do what, at a desk. The best is who can take the fewest pairs of language and topic, so that those who can take much stay
 * free for what only they can; then who has the fewest minutes in that ISO week; then the smaller id.
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
    // Most have the hours of the desk, and the same answer.
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

/** When the advisor is at work and has nothing to do: ascending and disjoint. @param reach all of the roster's time */
export function idleTime(roster: DeskRoster, advisorId: string, reach: Interval): Interval[] {
  return without(roster.shift(advisorId), roster.engaged(advisorId, reach));
}

/** When the advisor is at work and has nothing else to do, or only what may go to another: ascending and disjoint. @param reach all of the roster's time */
export function chancesOf(roster: DeskRoster, advisorId: string, reach: Interval): Interval[] {
  const stays = roster.engaged(advisorId, reach).filter((each) => !roster.mayMove(each));
  return without(roster.shift(advisorId), stays);
}

function without(shift: readonly Interval[], engagements: readonly Engagement[]): Interval[] {
  return subtract(
    shift,
    engagements.map(({ time }) => time),
  );
}

/**
 * When the advisor is at work inside the desk's windows, absences aside.
 *
 * @param openTime `reach`: all of the time that `open` is asked about
 */
export function worksIn(desk: Pick<Desk, 'hours'>, advisor: Advisor, { open, reach }: OpenTime): readonly Interval[] {
  if (advisor.workingRules.length === 0) return open;
  return intersect(open, workingWindows(advisor.workingRules, desk.hours.timeZone, reach));
}

/** Whether `wanted` lies wholly inside one of the stretches. @param free ascending and disjoint */
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

const NO_ENGAGEMENTS: readonly Engagement[] = [];

/** @param own ascending by start and disjoint: so what touches a moment began last before it */
function among(own: readonly Engagement[], time: Interval): readonly Engagement[] {
  const first = firstFrom(own, time.start);
  const before = own[first - 1];
  const from = before && overlaps(before.time, time) ? first - 1 : first;
  let to = from;
  while (to < own.length && (own[to] as Engagement).time.start < time.end) to++;
  return from === to ? NO_ENGAGEMENTS : own.slice(from, to);
}

/** Weeks of one diary whose load is remembered. */
const MAX_REMEMBERED_LOADS = 100;

/** How long somebody is taken in a week, in ms, by the diary and the text `<start> <end>` of the week. */
const loads = perObject((own: readonly Engagement[]) =>
  memo(MAX_REMEMBERED_LOADS, (week) => {
    const [start = 0, end = 0] = week.split(' ').map(Number);
    return among(own, { start, end }).reduce((sum, { time }) => sum + time.end - time.start, 0);
  }),
);

/** Pairs of week and demand whose advisors are remembered in their order. Demands come from outside. */
const MAX_RANKED_DEMANDS = 2_000;
/** No topic, language or advisor is called so. */
const ANY = '\0';

/** Lists who could ever do it, best first. */
function ranking(
  desk: StaffedDesk,
  diaryOf: (advisorId: string) => readonly Engagement[],
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
