import type { LocalDate } from '../../../domain/calendar/hours';
import { addDays, dayInterval, localTime } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { groupBy } from '../../../domain/groupBy';
import { mayBookFor } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import { apiPaths, apiUrl, assetUrl, paths, url } from '../../../paths';
import { dayName, zoneOf } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { whyClosed } from '../../pages/hoursView';
import { bookingLine } from '../line';
import type { State } from '../words';
import type { Around } from './board/around';
import { filterView } from './board/filter';
import { boardView, weekAdvisor } from './board/view';
import { type DidFacts, didView } from './did';
import type { AdvisorDay, DayPlan } from './plan';
import { printedView } from './printed';
import { type DayQuery, type DayView, dayAddress, hiddenFieldsOf, NO_FILTER } from './query';
import { openDayBeside, stripView } from './strip';

interface Facts {
  readonly plan: DayPlan;
  /** The plans of the day's week, Monday first. */
  readonly week: readonly DayPlan[];
  readonly query: DayQuery;
  /** Whether it is printed with a page for each advisor, instead of all bookings by time. */
  readonly printEach: boolean;
  /** See `BoardFacts`. */
  readonly isForHand?: boolean;
  /** Whether the address or the form names a day that does not exist. */
  readonly isWrongDate: boolean;
  /** The other desks that the person sees. */
  readonly otherDesks: readonly Pick<Desk, 'id' | 'name'>[];
  /** What a card's button did just now. */
  readonly did: DidFacts | undefined;
}

const DAYS_PER_WEEK = 7;

/** Returns everything that the day page shows: the board, or the table, and what is printed. */
export function dayView(facts: Facts, around: Around) {
  const { plan, week, query, printEach, isForHand = false, isWrongDate, otherDesks, did } = facts;
  const { desk, now, today, words, reader } = around;
  const { locale, t } = reader;
  const { date } = plan;
  const zone = desk.hours.timeZone;
  const day = dayInterval(date, zone);
  const isTable = query.view === 'table';
  const planned = plan.advisors.flatMap(({ bookings }) => bookings);
  const to = (other: LocalDate | undefined) => dayAddress(desk.id, other, query);
  const beside = (step: -1 | 1) =>
    query.view === 'week' ? addDays(date, step * DAYS_PER_WEEK) : openDayBeside(desk, date, step);
  // The desk is closed and has no bookings, so there is nothing to draw.
  const isIdle = query.view !== 'week' && !isForHand && plan.closed !== null && planned.length === 0;

  return {
    title: t('staff.day.title', { date: dayName(locale, date) }),
    heading: headingOf(facts, around),
    wide: true,
    date,
    formAction: url(paths.staffDay, { desk: desk.id }),
    hidden: hiddenFieldsOf(query),
    previousHref: to(beside(-1)),
    nextHref: to(beside(1)),
    previousText: t(query.view === 'week' ? 'staff.board.previousWeek' : 'staff.day.previous'),
    nextText: t(query.view === 'week' ? 'staff.board.nextWeek' : 'staff.day.next'),
    todayHref: to(undefined),
    isToday: date === today,
    views: viewsOf(facts, around),
    closed: plan.closed && whyClosed(plan.closed, 'staff.day.closed', reader),
    reason: plan.reason && t(`staff.day.otherwise.${plan.reason.kind}`, { name: inLanguage(plan.reason.name, locale) }),
    reached: reachedView(plan, around),
    counts: counts(
      planned.map(({ booking, needsSomebody }) => words.state(booking, needsSomebody).state),
      plan,
      reader,
    ),
    strip: stripView(week, date, to, reader),
    filter: isTable || query.view === 'week' ? undefined : filterView(desk, query, date === today, reader),
    filterAction: dayAddress(desk.id, date, { ...query, view: 'board', filter: NO_FILTER }),
    board: isTable || isIdle ? undefined : boardView({ plan, week, query, isForHand }, around),
    columns: isTable && !isIdle ? plan.advisors.map((column) => tableColumn(column, date, around)) : undefined,
    printEach,
    printEachHref: dayAddress(desk.id, date, query, { print: 'advisors' }),
    printed: printedView(plan, { desk, words, printEach }),
    cancelled: plan.cancelled.map((booking) => bookingLine(booking, desk, { words })),
    isEmpty: planned.length === 0,
    /** The address of a booking's page, for the script: `ID` stands for its id. */
    bookingHref: url(paths.staffBooking, { id: 'ID' }),
    targetsHref: url(paths.staffTargets, { id: 'ID' }),
    collectsMoves: desk.collectsMoves,
    movesHref: apiUrl(apiPaths.staffMoves, { desk: desk.id }),
    undoMovesHref: apiUrl(apiPaths.staffUndoMoves, { id: 'ID' }),
    keys: KEYS.map((key) => ({ press: t(`staff.board.press.${key}`), text: t(`staff.board.keys.${key}`) })),
    /** The texts of a client who is late and of a consultation that takes longer, for the script: `#` stands for the minutes. */
    lateText: t('staff.board.lateSince', { minutes: '#' }),
    overText: t('staff.board.over', { minutes: '#' }),
    localNow: `${today}T${localTime(now, zone)}`,
    did: did && didView(did, around, reader),
    zone: zoneOf(words.time, [day.start, day.end - 1]).name,
    errors: isWrongDate ? [{ href: '#date', text: t('staff.day.wrongDate') }] : undefined,
    desks: otherDesks.map(({ id, name }) => ({
      href: url(paths.staffDay, { desk: id }),
      text: inLanguage(name, locale),
    })),
    scripts: [{ src: assetUrl('staffDay.js'), module: true }],
  };
}

/**
 * Says how the desk is reached on the day, one line for each kind of window: "Without an appointment: 9:00–12:00"; none
 * if all are by appointment.
 */
function reachedView({ windows }: DayPlan, { words, reader: { t } }: Around) {
  if (windows.every(({ kind = 'appointment' }) => kind === 'appointment')) return undefined;
  return [...groupBy(windows, ({ kind = 'appointment' }) => kind)].map(([kind, own]) => ({
    kind,
    text: t(`staff.day.reached.${kind}`, { times: own.map((each) => words.time.span(each)).join(', ') }),
  }));
}

/** The keys of the board, for the list that `?` opens; staffKeys.js follows them. */
const KEYS = [
  ...(['arrows', 'ends', 'next', 'person', 'tab', 'enter', 'escape', 'take', 'aside', 'exchange'] as const),
  ...(['checkIn', 'begin', 'complete', 'noShow', 'new', 'walkIn', 'search', 'undo', 'list'] as const),
];

/** Names the day; in a week also whose it is. */
function headingOf({ plan: { date }, query }: Facts, { desk, staff, reader: { locale, t } }: Around): string {
  const day = dayName(locale, date);
  if (query.view !== 'week') return day;
  const advisor = weekAdvisor(desk.advisors, query.advisorId, staff.advisorId)?.name ?? '';
  return t('staff.board.weekOf', { advisor, day });
}

function viewsOf({ plan: { date }, query }: Facts, { desk, reader: { t } }: Around) {
  const views: readonly DayView[] = ['board', 'week', 'table'];
  return views.map((view) => ({
    href: dayAddress(desk.id, date, { ...query, view }),
    text: t(`staff.day.${view}`),
    current: view === query.view,
  }));
}

/** Returns one advisor's part of the table. */
function tableColumn(
  { advisor, own, windows, away, free, held, bookings }: AdvisorDay,
  date: LocalDate,
  around: Around,
) {
  const { desk, now, staff, words, reader } = around;
  const newHref = url(paths.staffNewBooking, { desk: desk.id }, { date, advisor: advisor.id });
  return {
    id: advisor.id,
    name: advisor.name,
    own,
    languages: words.advises(advisor),
    hours: windows.map((each) => words.time.span(each)),
    away: away.map((each) => words.time.span(each)),
    free: free.map((each) => words.time.span(each)),
    held: held.map(({ time }) => words.time.span(time)),
    newHref: mayBookFor(staff, desk.id, advisor.id) && free.length > 0 ? newHref : null,
    newLabel: reader.t('staff.day.bookWith', { advisor: advisor.name }),
    bookings: bookings.map(({ booking, needsSomebody }) => bookingLine(booking, desk, { words, needsSomebody, now })),
  };
}

const COUNTED: readonly State[] = ['confirmed', 'here', 'done', 'missed', 'needs'];

/** Returns the number of bookings in each state that occurs. */
function counts(states: readonly State[], plan: DayPlan, { t }: Reader) {
  const all = [...states, ...plan.cancelled.map((): State => 'cancelled')];
  return [...COUNTED, 'cancelled' as const].flatMap((state) => {
    const count = all.filter((each) => each === state).length;
    return count === 0 ? [] : [{ state, text: t(`staff.day.counts.${state}`, { count }) }];
  });
}
