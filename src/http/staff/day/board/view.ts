import { localTime } from '../../../../domain/calendar/zone';
import type { Advisor } from '../../../../domain/desk';
import { gapUses } from '../../../../domain/slots/gapUse';
import { allOf, dayName } from '../../../../presentation/format';
import type { AdvisorDay, DayPlan } from '../plan';
import { type DayQuery, dayAddress, NO_FILTER } from '../query';
import type { Around } from './around';
import { isOnDuty, isShown } from './filter';
import { axisOf, type HoursShown, hoursShown, shownOn } from './hours';
import { laneItems } from './lane';

/** Up to so many people on duty have a column each; more have a row, so that all names can be read. */
const MAX_COLUMNS = 12;

interface BoardFacts {
  readonly plan: DayPlan;
  /** The plans of the day's week. */
  readonly week: readonly DayPlan[];
  readonly query: DayQuery;
  /** Whether a card is in the hand, so that also who is not there has a lane, on which it may be put against a rule. */
  readonly isForHand?: boolean;
}

/** One advisor's day, with the texts of its head. */
interface Lane {
  /** Identifies the lane on the board and in the address of its fragment: the advisor's id, or in a week the day. */
  readonly key: string;
  readonly plan: DayPlan;
  readonly column: AdvisorDay;
  readonly title: string;
  readonly titleHref: string;
}

/**
 * Returns the board: a lane for each advisor of the day, or for each day of one advisor's week. Everything has its time
 * on the desk's clock, by which the stylesheet places it.
 */
export function boardView(facts: BoardFacts, around: Around) {
  const { plan, query } = facts;
  const { desk, now, today, reader } = around;
  const zone = desk.hours.timeZone;
  const lanes = lanesOf(facts, around);
  const hours = hoursShown(query.view === 'week' ? facts.week : [plan], zone);
  const isHere = (column: AdvisorDay) => facts.isForHand || !isFolded(column);
  const onDuty = plan.advisors.filter(isHere);
  const folded = query.view === 'week' ? [] : plan.advisors.filter((column) => !isHere(column));
  const isNow = lanes.some(({ plan: { date } }) => date === today);
  const time = localTime(now, zone);
  return {
    layout: query.view !== 'week' && onDuty.length > MAX_COLUMNS ? 'rows' : 'columns',
    ...hours,
    hours: axisOf(hours),
    now: isNow && hours.from <= time && time < hours.to ? time : undefined,
    lanes: lanes.map((lane) => laneView(lane, hours, query, around)),
    folded: folded.length > 0 && {
      text: reader.t('staff.board.folded', { count: folded.length }),
      names: allOf(
        reader.locale,
        folded.map(({ advisor }) => advisor.name),
      ),
    },
    hidden:
      query.view !== 'week' && lanes.length < onDuty.length
        ? reader.t('staff.board.filter.shown', { shown: lanes.length, all: onDuty.length })
        : undefined,
  };
}

/**
 * Returns one lane of the board, to replace it on a page that is open, whatever its filter; undefined: the board has no
 * such lane.
 */
export function laneOf(facts: BoardFacts, key: string, around: Around) {
  const { plan, week, query } = facts;
  const lane = lanesOf({ ...facts, query: { ...query, filter: NO_FILTER } }, around).find((each) => each.key === key);
  const hours = hoursShown(query.view === 'week' ? week : [plan], around.desk.hours.timeZone);
  return lane && laneView(lane, hours, query, around);
}

function lanesOf(
  { plan, week, query, isForHand = false }: BoardFacts,
  { desk, now, staff, reader: { locale } }: Around,
): Lane[] {
  if (query.view !== 'week')
    return plan.advisors
      .filter((column) => (isForHand || !isFolded(column)) && isShown(column, query.filter, now))
      .map((column) => ({
        key: column.advisor.id,
        plan,
        column,
        title: column.advisor.name,
        titleHref: dayAddress(desk.id, plan.date, { ...query, view: 'week', advisorId: column.advisor.id }),
      }));
  const whose = weekAdvisor(desk.advisors, query.advisorId, staff.advisorId)?.id;
  return week.flatMap((day) => {
    const column = day.advisors.find(({ advisor }) => advisor.id === whose);
    if (!column || (!isForHand && day.closed && column.bookings.length === 0)) return [];
    return [
      {
        key: day.date,
        plan: day,
        column,
        title: dayName(locale, day.date, 'short'),
        titleHref: dayAddress(desk.id, day.date, { ...query, view: 'board' }),
      },
    ];
  });
}

/** Returns whose week is shown: whom the address names, or the reader, or the first. */
export function weekAdvisor(
  advisors: readonly Advisor[],
  named: string | null,
  own: string | null,
): Advisor | undefined {
  const find = (wanted: string | null) => advisors.find(({ id }) => id === wanted);
  return find(named) ?? find(own) ?? advisors.find(({ retired }) => !retired);
}

/** An advisor who is not there on the day and has no booking takes no room. */
function isFolded(column: AdvisorDay): boolean {
  return !isOnDuty(column) && column.bookings.length === 0 && column.held.length === 0;
}

function laneView({ key, plan, column, title, titleHref }: Lane, hours: HoursShown, query: DayQuery, around: Around) {
  const { desk, words, reader } = around;
  const useOf = gapUses(desk, plan.open);
  const facts = {
    plan,
    column,
    shown: shownOn(plan.date, hours, desk.hours.timeZone),
    useOf: (gap: { start: number; end: number }) => useOf(column.advisor, gap),
  };
  return {
    key,
    date: plan.date,
    advisorId: column.advisor.id,
    href: dayAddress(desk.id, plan.date, query, { lane: key }),
    title,
    titleHref,
    own: column.own && query.view !== 'week',
    languages: words.advises(column.advisor),
    spans: column.windows.map((each) => words.time.span(each)).join(', ') || reader.t('staff.board.offDuty'),
    free: freeText(column, around),
    count: reader.t('staff.board.appointments', { count: column.bookings.length }),
    items: laneItems(facts, around),
  };
}

/** Says from when the advisor is free: the first thing that a caller asks. */
function freeText({ free: [first] }: AdvisorDay, { now, words, reader: { t } }: Around): string {
  if (!first) return t('staff.board.full');
  return first.start <= now
    ? t('staff.board.freeNow')
    : t('staff.board.freeFrom', { time: words.time.time(first.start) });
}
