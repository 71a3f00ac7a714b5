import type { Booking } from '../../../domain/booking/booking';
import { lacksOutcome } from '../../../domain/booking/outcome';
import type { LocalDate } from '../../../domain/calendar/hours';
import type { Interval } from '../../../domain/calendar/interval';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Absence, Advisor } from '../../../domain/desk';
import type { QueueEntry } from '../../../domain/queue/entry';
import { nextConsultation } from '../../../domain/queue/turn';
import { assetUrl, paths, url } from '../../../paths';
import { dayName, zoneOf } from '../../../presentation/format';
import type { Around } from '../day/board/around';
import { type DidFacts, didView } from '../day/did';
import { clockOn } from '../videoStart';
import { emptyText, endOfWork, spansOf } from './day';
import { itemView } from './item';
import type { OwnDay } from './load';
import { dateBeside, MY_DAY_VIEWS, type MyDayView, myDayAddress } from './query';
import { type TypedBlock, timelineOf } from './timeline';

interface MyDayFacts {
  readonly advisor: Advisor;
  readonly date: LocalDate;
  readonly view: MyDayView;
  /** The days of the view. */
  readonly days: readonly OwnDay[];
  /** What the clients of the day came for before, by the id of the booking. */
  readonly visits: ReadonlyMap<string, readonly Booking[]>;
  /** The first of the advisor's consultations that is still to begin, on whatever day. */
  readonly next: Booking | undefined;
  /** Who waits at the desk without an appointment, and is next for the advisor. */
  readonly waiting: QueueEntry | undefined;
  readonly did: DidFacts | undefined;
  /** What was blocked, or given back, just now. */
  readonly blocked: Absence | undefined;
  readonly given: Interval | undefined;
  readonly refusal: string | undefined;
  readonly typed: TypedBlock | undefined;
  readonly isWrongDate: boolean;
}

/** Returns an advisor's own day: what comes next, and the day, the week or the list of a fortnight. */
export function myDayView(facts: MyDayFacts, around: Around) {
  const { date, view, days, visits, typed, isWrongDate } = facts;
  const { desk, today, words, reader } = around;
  const { t } = reader;
  const [day] = days;
  const to = (other: LocalDate | undefined, shown = view) => myDayAddress(desk.id, { date: other, view: shown });
  const isDay = view === 'day' && day !== undefined;
  const top = isDay && date === today ? topView(day, facts, around) : undefined;
  const shown = dayInterval(date, desk.hours.timeZone);
  return {
    title: t('myDay.title'),
    heading: headingOf(facts, around),
    date,
    // A page without a date goes on to the next day at midnight.
    formAction: url(paths.staffMyDay, { desk: desk.id }),
    hidden: view === 'day' ? [] : [{ name: 'view', value: view }],
    previousHref: to(dateBeside(desk, date, view, -1)),
    nextHref: to(dateBeside(desk, date, view, 1)),
    previousText: t(`myDay.previous.${view}`),
    nextText: t(`myDay.following.${view}`),
    todayHref: to(undefined),
    isToday: date === today,
    view,
    views: MY_DAY_VIEWS.map((each) => ({
      href: to(date, each),
      text: t(`myDay.view.${each}`),
      current: each === view,
    })),
    top,
    waiting: facts.waiting && waitingView(facts.waiting, facts, around),
    isDay,
    empty: isDay ? emptyText(day, facts.next, around) : undefined,
    works: isDay ? spansOf(day, around) : undefined,
    items: isDay
      ? timelineOf({ day, visits, typed }, around).map((item) => ({
          ...item,
          isTop: 'id' in item && item.id === top?.id,
        }))
      : undefined,
    days: isDay ? undefined : daysView(facts, around),
    cancelled: isDay ? day.plan.cancelled.map((booking) => cancelledLine(booking, around)) : undefined,
    nudge: isDay && date <= today ? nudgeOf(day, around) : undefined,
    ...outcomeOf(facts, around),
    refusal: facts.refusal,
    errors: errorsOf(typed, isWrongDate, t),
    zone: zoneOf(words.time, [shown.start, shown.end - 1]).name,
    absenceHref: url(paths.staffMyAbsence, { desk: desk.id }),
    sick: isDay && date === today ? sickText(day, around) : undefined,
    printHref: isDay ? url(paths.staffMyDayPrint, { desk: desk.id, date }) : undefined,
    nextDayHref: url(paths.staffMyNextDay, { desk: desk.id }),
    advisorId: facts.advisor.id,
    wrongDate: isWrongDate,
    scripts: [
      { src: assetUrl('staffMyDay.js'), module: true },
      { src: assetUrl('staffUndo.js'), module: true },
    ],
  };
}

/** Says until when somebody is ill who goes home now; undefined: they work no more today. */
function sickText(day: OwnDay, { now, words, reader: { t } }: Around): string | undefined {
  const end = endOfWork(day, now);
  return end === null ? undefined : t('myDay.absence.sick', { until: words.time.time(end) });
}

function headingOf({ date, view, days }: MyDayFacts, { reader: { locale, t } }: Around): string {
  if (view === 'day') return dayName(locale, date);
  const [first, last] = [days[0], days.at(-1)].map((day) => dayName(locale, day?.plan.date ?? date, 'short'));
  return t('myDay.period', { first: first ?? '', last: last ?? '' });
}

/** Returns the consultation that is next today; undefined: none is left. */
function topView({ column }: OwnDay, { visits }: MyDayFacts, around: Around) {
  const planned = column && nextConsultation(column.bookings, around.now);
  if (!planned) return undefined;
  const isBegun = planned.entry?.state === 'started';
  const item = itemView(planned, visits.get(planned.booking.id) ?? [], around);
  const [main, ...more] = item.actions;
  return { ...item, label: around.reader.t(isBegun ? 'myDay.top.now' : 'myDay.top.next'), main, more };
}

/** Returns the consultations that are over without an outcome; undefined: there is none. */
function nudgeOf({ column }: OwnDay, { now, words, reader: { t } }: Around) {
  const missing = (column?.bookings ?? [])
    .map(({ booking }) => booking)
    .filter((booking) => lacksOutcome(booking, now));
  if (missing.length === 0) return undefined;
  return {
    text: t('outcome.nudge', { count: missing.length }),
    links: missing.map(({ id, client, time }) => ({
      href: url(paths.staffOutcome, { id }),
      text: t('outcome.nudgeLink', { time: words.time.time(time.start), name: client.name }),
    })),
  };
}

/** Somebody of the waiting room with the button that calls them, as it is there. */
function waitingView(entry: QueueEntry, { advisor }: MyDayFacts, { desk, words, reader: { t } }: Around) {
  const { number, topicId, language, urgent } = entry;
  return {
    text: t('myDay.waits', { number, topic: words.topic(topicId), language: words.language(language) }),
    urgent: urgent !== null,
    action: url(paths.staffQueue, { desk: desk.id }),
    hidden: Object.entries({ do: 'next', advisor: advisor.id }).map(([name, value]) => ({ name, value })),
  };
}

/** The days of a week, or those of a fortnight on which there is something. */
function daysView({ view, days }: MyDayFacts, around: Around) {
  const { desk, today, reader } = around;
  const busy = days.filter(({ column }) => (column?.bookings.length ?? 0) > 0);
  const listed =
    view === 'list' ? busy : days.filter((day) => busy.includes(day) || (day.column?.windows.length ?? 0) > 0);
  return listed.map((day) => ({
    date: day.plan.date,
    href: myDayAddress(desk.id, { date: day.plan.date, view: 'day' }),
    title: dayName(reader.locale, day.plan.date, 'short'),
    isToday: day.plan.date === today,
    works: spansOf(day, around),
    count: reader.t('staff.board.appointments', { count: day.column?.bookings.length ?? 0 }),
    items: timelineOf({ day, visits: new Map() }, around).filter((item) => !('isNow' in item)),
    empty: emptyText(day, undefined, around),
  }));
}

function cancelledLine(booking: Booking, { words }: Around) {
  return {
    href: url(paths.staffBooking, { id: booking.id }),
    span: words.time.span(booking.time),
    client: booking.client.name,
    topic: words.topic(booking.topicId),
  };
}

/** Says what was just done, with the form that takes it back. */
function outcomeOf({ did, blocked, given, date }: MyDayFacts, around: Around) {
  const { desk, staff, now, words, reader } = around;
  const { t } = reader;
  const own = { href: url(paths.staffMyDay, { desk: desk.id, date }) };
  if (did) {
    const { client, text, undoHref, version } = didView(did, { desk, staff, now }, reader);
    const back = [
      { name: 'day', value: localDate(did.booking.time.start, desk.hours.timeZone) },
      { name: 'mine', value: '1' },
    ];
    return { done: `${client} ${text}`, version, undo: undoHref && { href: undoHref, hidden: back } };
  }
  if (blocked)
    return {
      done: t('myDay.blocked', { span: words.time.span(blocked.time) }),
      undo: {
        ...own,
        hidden: [
          { name: 'step', value: 'unblock' },
          { name: 'of', value: blocked.id },
        ],
      },
    };
  if (!given) return {};
  const zone = desk.hours.timeZone;
  const hidden = { step: 'block', from: clockOn(date, given.start, zone), until: clockOn(date, given.end, zone) };
  return {
    done: t('myDay.unblocked', { span: words.time.span(given) }),
    undo: { ...own, hidden: Object.entries(hidden).map(([name, value]) => ({ name, value })) },
  };
}

function errorsOf(typed: TypedBlock | undefined, isWrongDate: boolean, t: Around['reader']['t']) {
  if (isWrongDate) return [{ href: '#date', text: t('staff.day.wrongDate') }];
  return typed ? [{ href: `#from-${typed.gap.replace(':', '')}`, text: typed.error }] : undefined;
}
