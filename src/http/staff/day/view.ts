import type { LocalDate } from '../../../domain/calendar/hours';
import type { Instant, Interval } from '../../../domain/calendar/interval';
import { addDays, dayInterval, localDate, localTime } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { mayBookFor } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import { assetUrl, paths, url } from '../../../paths';
import { allOf, dayName, withOrganisation, zoneOf } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { whyClosed } from '../../pages/hoursView';
import { bookingLine } from '../line';
import { type State, type Words, wordsOf } from '../words';
import type { AdvisorDay, DayPlan } from './plan';

interface Facts {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly now: Instant;
  readonly plan: DayPlan;
  readonly staff: SignedIn;
  readonly view: 'calendar' | 'table';
  /** Whether it is printed with a page for each advisor, instead of all bookings by time. */
  readonly printEach: boolean;
  /** Whether the address or the form names a day that does not exist. */
  readonly isWrongDate: boolean;
  /** The other desks that the person sees. */
  readonly otherDesks: readonly Pick<Desk, 'id' | 'name'>[];
}

/**
 * Returns everything that the day page shows. The table contains all data; the calendar in the browser is drawn from
 * it.
 */
export function dayView(facts: Facts, reader: Reader) {
  const { desk, date, now, plan, staff, view, printEach, isWrongDate, otherDesks } = facts;
  const { locale, t } = reader;
  const words = wordsOf(desk, reader);
  const zone = desk.hours.timeZone;
  const hours = dayInterval(date, zone);
  const today = localDate(now, zone);
  const shown = view === 'table' ? 'table' : undefined;
  const to = (day: LocalDate) => url(paths.staffDay, { desk: desk.id, date: day }, { view: shown });
  const columns = plan.advisors.map((column) => advisorView(column, { desk, date, now, staff, words, reader }));
  const planned = plan.advisors.flatMap(({ bookings }) => bookings);

  return {
    title: t('staff.day.title', { date: dayName(locale, date) }),
    heading: dayName(locale, date),
    wide: true,
    date,
    view: shown,
    formAction: url(paths.staffDay, { desk: desk.id }),
    previousHref: to(addDays(date, -1)),
    nextHref: to(addDays(date, 1)),
    todayHref: url(paths.staffDay, { desk: desk.id }, { view: shown }),
    isToday: date === today,
    calendarHref: url(paths.staffDay, { desk: desk.id, date }),
    tableHref: url(paths.staffDay, { desk: desk.id, date }, { view: 'table' }),
    isTable: view === 'table',
    closed: plan.closed && whyClosed(plan.closed, 'staff.day.closed', reader),
    reason: plan.reason && t(`staff.day.otherwise.${plan.reason.kind}`, { name: inLanguage(plan.reason.name, locale) }),
    counts: counts(
      planned.map(({ booking, needsSomebody }) => words.state(booking, needsSomebody).state),
      plan,
      reader,
    ),
    columns,
    printEach,
    printEachHref: url(paths.staffDay, { desk: desk.id, date }, { view: shown, print: 'advisors' }),
    printed: printed(plan, { desk, words, printEach }),
    cancelled: plan.cancelled.map((booking) => bookingLine(booking, desk, { words })),
    isEmpty: planned.length === 0,
    grounds: GROUNDS.filter((kind) => plan.advisors.some(has[kind])).map((kind) => ({
      kind,
      text: t(`staff.day.ground.${kind}`),
    })),
    // The desk is closed and has no bookings, so there is nothing to draw.
    isIdle: plan.closed !== null && planned.length === 0,
    localNow: `${today}T${localTime(now, zone)}`,
    ...clockRange(plan, hours, zone),
    zone: zoneOf(words.time, [hours.start, hours.end - 1]).name,
    errors: isWrongDate ? [{ href: '#date', text: t('staff.day.wrongDate') }] : undefined,
    desks: otherDesks.map(({ id, name }) => ({
      href: url(paths.staffDay, { desk: id }),
      text: inLanguage(name, locale),
    })),
    styles: [assetUrl('event-calendar/event-calendar.min.css')],
    scripts: [
      { src: assetUrl('event-calendar/event-calendar.min.js') },
      { src: assetUrl('staffDay.js'), module: true },
    ],
  };
}

interface Around {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly now: Instant;
  readonly staff: SignedIn;
  readonly words: Words;
  readonly reader: Reader;
}

function advisorView({ advisor, own, windows, away, free, held, buffers, bookings }: AdvisorDay, around: Around) {
  const { desk, date, now, staff, words, reader } = around;
  const zone = desk.hours.timeZone;
  const local = (stretches: readonly Interval[]) =>
    stretches.map(({ start, end }) => `${localTime(start, zone)}-${endOnDay(end, zone)}`).join(' ');
  const newHref = url(paths.staffNewBooking, { desk: desk.id }, { date, advisor: advisor.id });
  return {
    id: advisor.id,
    name: advisor.name,
    own,
    languages: allOf(reader.locale, advisor.languages.map(words.language)),
    hours: windows.map((each) => words.time.span(each)),
    away: away.map((each) => words.time.span(each)),
    free: free.map((each) => words.time.span(each)),
    held: held.map((each) => words.time.span(each)),
    newHref: mayBookFor(staff, desk.id, advisor.id) && free.length > 0 ? newHref : null,
    newLabel: reader.t('staff.day.bookWith', { advisor: advisor.name }),
    localHours: local(windows),
    localAway: local(away),
    localFree: local(free),
    localHeld: local(held),
    localBuffers: local(buffers),
    bookings: bookings.map(({ booking, needsSomebody }) => bookingLine(booking, desk, { words, needsSomebody, now })),
  };
}

/** Names up to this length are never broken over lines on paper; longer ones only between their words. */
const MAX_UNBROKEN_LENGTH = 40;
/**
 * A longer word is wider than its column can be, and is nobody's name; it may be broken anywhere, so that the page's
 * edge does not cut it off.
 */
const MAX_WORD_LENGTH = 60;

/** Returns what is printed: all bookings by time, or a list for each advisor who has some. */
function printed(
  { advisors }: DayPlan,
  { desk, words, printEach }: Pick<Facts, 'desk' | 'printEach'> & { words: Words },
) {
  const lists = printEach
    ? advisors.map(({ advisor, bookings }) => ({ name: advisor.name, bookings }))
    : [{ name: null, bookings: advisors.flatMap(({ bookings }) => bookings) }];
  return lists
    .filter(({ bookings }) => bookings.length > 0)
    .map(({ name, bookings }) => ({
      name,
      lines: [...bookings]
        .sort((a, b) => a.booking.time.start - b.booking.time.start)
        .map(({ booking, needsSomebody }) => {
          const { client, onBehalfOf, note, attendees } = booking;
          return {
            ...bookingLine(booking, desk, { words, needsSomebody }),
            isShort: client.name.length <= MAX_UNBROKEN_LENGTH,
            words: client.name.split(/\s+/).map((text) => ({ text, isEndless: text.length > MAX_WORD_LENGTH })),
            phone: reachOf(client).phone,
            onBehalfOf: onBehalfOf && withOrganisation(onBehalfOf),
            attendees: attendees > 1 ? attendees : null,
            note,
          };
        }),
    }));
}

/** Returns the end of an interval on the clock of its day; midnight is 24:00, so that it comes after the start. */
function endOnDay(end: Instant, zone: string): string {
  const time = localTime(end, zone);
  return time === '00:00' ? '24:00' : time;
}

/** The backgrounds that the calendar draws behind the bookings, for its legend. */
const GROUNDS = ['free', 'held', 'buffer', 'closed', 'away'] as const;
const has: Readonly<
  Record<(typeof GROUNDS)[number], (column: AdvisorDay, i: number, all: readonly AdvisorDay[]) => boolean>
> = {
  free: ({ free }) => free.length > 0,
  held: ({ held }) => held.length > 0,
  buffer: ({ buffers }) => buffers.length > 0,
  away: ({ away }) => away.length > 0,
  // An advisor whose working time is shorter than the longest has a gap.
  closed: ({ windows }, _, all) => lengthOf(windows) < Math.max(...all.map((each) => lengthOf(each.windows))),
};

function lengthOf(stretches: readonly Interval[]): number {
  return stretches.reduce((sum, { start, end }) => sum + end - start, 0);
}

const COUNTED: readonly State[] = ['confirmed', 'here', 'done', 'missed', 'needs'];

/** Returns the number of bookings in each state that occurs; it is also the legend of the colours. */
function counts(states: readonly State[], plan: DayPlan, { t }: Reader) {
  const all = [...states, ...plan.cancelled.map((): State => 'cancelled')];
  return [...COUNTED, 'cancelled' as const].flatMap((state) => {
    const count = all.filter((each) => each === state).length;
    return count === 0 ? [] : [{ state, text: t(`staff.day.counts.${state}`, { count }) }];
  });
}

/** Returns the hours that the calendar shows: whole ones around all windows and bookings. */
function clockRange({ advisors }: DayPlan, day: Interval, zone: string) {
  const all = advisors.flatMap(({ windows, bookings }) => [...windows, ...bookings.map(({ booking }) => booking.time)]);
  if (all.length === 0) return { fromHour: '09:00', toHour: '17:00' };
  const start = Math.max(day.start, Math.min(...all.map((each) => each.start)));
  const end = Math.min(day.end, Math.max(...all.map((each) => each.end)));
  const first = localTime(start, zone).slice(0, 2);
  // The hour of the last minute, so that an end at 17:00 results in 17:00 and one at 17:10 in 18:00.
  const last = Number(localTime(end - 1, zone).slice(0, 2)) + 1;
  return { fromHour: `${first}:00`, toHour: `${String(last).padStart(2, '0')}:00` };
}
