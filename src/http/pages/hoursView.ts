import { addDays, isoWeekday } from '../../domain/calendar/dates';
import type { Hours, LocalDate, LocalTime, LocalWindow } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import { usualWindows } from '../../domain/calendar/localDays';
import {
  type Closed,
  isOpenAt,
  nextChanges,
  nextOpening,
  openingDays,
  weekPattern,
} from '../../domain/calendar/openingHours';
import { onClock } from '../../domain/calendar/stretches';
import { hoursOfKind, kindsOf } from '../../domain/calendar/windowKinds';
import { localDate, localTime, startOfDay } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { groupBy } from '../../domain/groupBy';
import { inLanguage } from '../../domain/text';
import { type Printable, sentenceWith } from '../../presentation/deskText';
import { allOf, clock, dayName, weekdayName } from '../../presentation/format';
import type { Reader, Translate } from '../../presentation/texts';

/** How many days ahead closures are announced. */
const AHEAD_DAYS = 60;
const MAX_LISTED_CHANGES = 5;
const MAX_NAMED_DAYS = 3;
/** How many days of openings are listed one by one, if they follow no simple week. */
const LISTED_DAYS = 14;

/** Returns whether the desk is open now and until when, or when it opens again. */
export function openView({ hours }: Pick<Desk, 'hours'>, now: Instant, reader: Reader) {
  const { t, locale } = reader;
  const { timeZone } = hours;
  const open = isOpenAt(hours, now);
  if (open) return { now: true, text: t('booking.hours.openUntil', { time: spoken(endOn(open, timeZone), t) }) };
  const next = nextOpening(hours, now, AHEAD_DAYS);
  if (!next) return { now: false, text: t('booking.hours.closed') };
  const day = localDate(next.start, timeZone);
  const values = {
    day: day === localDate(now, timeZone) ? t('booking.hours.today') : dayName(locale, day, 'short'),
    time: spoken(localTime(next.start, timeZone), t),
  };
  return { now: false, text: t('booking.hours.opens', values) };
}

/**
 * Returns the opening hours in sentences: whether it is open now, the usual week, and differences in the near future.
 * If no sentence about a week would be true, `listed` is the heading of the openings of the next two weeks.
 */
export function hoursView(desk: Desk, now: Instant, reader: Reader) {
  const { t } = reader;
  const today = localDate(now, desk.hours.timeZone);
  const weekly = isWeekly(desk.hours, today);
  const hours = weekly ? usualWeek(desk.hours, today, reader) : comingOpenings(desk.hours, today, reader);
  const listed = hours.length > 0 ? 'booking.hours.listed' : 'booking.hours.noneListed';
  return {
    open: openView(desk, now, reader),
    listed: weekly ? undefined : t(listed, { days: LISTED_DAYS }),
    hours,
    closures: [...newWeek(desk.hours, today, reader), ...closures(desk.hours, today, reader)],
  };
}

/** Returns from when on another week is usual, and which, if that is so in the near future and it is a simple one. */
export function newWeek(hours: Hours, today: LocalDate, reader: Reader): string[] {
  const weekOn = (date: LocalDate) => JSON.stringify(weekPattern(hours.rules, date));
  const from = hours.rules
    .flatMap(({ from, until }) => [from ?? today, until ?? today])
    .filter((date) => today < date && date < addDays(today, AHEAD_DAYS) && weekOn(date) !== weekOn(today))
    .sort()[0];
  if (from === undefined || !isWeekly(hours, from)) return [];
  const { t, locale } = reader;
  const week = allOf(locale, usualWeek(hours, from, reader));
  return [t('booking.hours.ahead', { day: dayName(locale, from, 'short'), hours: week })];
}

/**
 * Returns the differences in the near future, one sentence for each reason and its hours, so that a weekly difference
 * is not repeated.
 */
function closures(hours: Hours, today: LocalDate, reader: Reader): Printable[] {
  const { t, locale } = reader;
  const alike = groupBy(nextChanges(hours, today, AHEAD_DAYS), ({ closed, windows }) =>
    JSON.stringify([closed, windows]),
  );
  return [...alike.values()].slice(0, MAX_LISTED_CHANGES).flatMap((changes) => {
    const [first] = changes;
    if (!first) return [];
    const ranges = changes.slice(0, MAX_NAMED_DAYS).map(({ from, to }) => dateRange(from, addDays(to, -1), reader));
    const further = changes.length > ranges.length ? [t('booking.hours.furtherDays')] : [];
    const days = allOf(locale, [...ranges, ...further]);
    const key = first.windows.length === 0 ? 'booking.hours.closedOn' : 'booking.hours.otherwise';
    const hoursThen = times(first.windows, reader);
    return [sentenceWith(first.closed.name, locale, (reason) => t(key, { days, reason, times: hoursThen }))];
  });
}

/** Returns why the day has other hours than usual, and which; undefined if it has not. */
export function differentHours(
  { hours }: Pick<Desk, 'hours'>,
  date: LocalDate,
  { t, locale }: Reader,
): Printable | undefined {
  const [change] = nextChanges(hours, date, 1);
  if (!change?.windows.length) return undefined;
  const then = times(change.windows, { t, locale });
  return sentenceWith(change.closed.name, locale, (reason) => t('booking.hours.onDay', { times: then, reason }));
}

/** Returns that the desk is closed on the day, why, and when it opens again; undefined if it is open. */
export function closedDay(
  { hours }: Pick<Desk, 'hours'>,
  date: LocalDate,
  { t, locale }: Reader,
): Printable | undefined {
  const next = addDays(date, 1);
  const [day] = openingDays(hours, date, next);
  if (!day?.closed) return undefined;
  const { closed } = day;
  const opening = nextOpening(hours, startOfDay(next, hours.timeZone), AHEAD_DAYS);
  const say = (name: string) =>
    [t(`booking.hours.shut.${closed.kind}`, { name }), opening && opensAgain(opening, hours, { t, locale })]
      .filter(Boolean)
      .join(' ');
  return closed.kind === 'no_rule' ? say('') : sentenceWith(closed.name, locale, say);
}

function opensAgain({ start }: Interval, { timeZone }: Hours, { t, locale }: Reader): string {
  const time = spoken(localTime(start, timeZone), t);
  return t('booking.hours.again', { day: dayName(locale, localDate(start, timeZone), 'short'), time });
}

/** Returns why a day is closed, in the words that `block` of the texts has for each kind of reason. */
export function whyClosed(closed: Closed, block: string, { t, locale }: Reader): string {
  return t(`${block}.${closed.kind}`, closed.kind === 'no_rule' ? {} : { name: inLanguage(closed.name, locale) });
}

/**
 * Tells whether the usual week is true: it leaves out no rule in force (every second week, the first of a month), and
 * stays the same for the next two weeks.
 */
function isWeekly({ rules }: Pick<Hours, 'rules'>, today: LocalDate): boolean {
  const opens = (rule: Hours['rules'][number]) => usualWindows([rule], today, addDays(today, AHEAD_DAYS)).size > 0;
  const leftOut = (rule: Hours['rules'][number]) => weekPattern([rule], today).length === 0 && opens(rule);
  if (rules.some((rule) => (rule.from ?? today) <= today && leftOut(rule))) return false;

  const pattern = weekPattern(rules, today);
  const real = usualWindows(rules, today, addDays(today, LISTED_DAYS));
  return (
    pattern.length > 0 &&
    Array.from({ length: LISTED_DAYS }, (_, i) => addDays(today, i)).every((date) => {
      const usual = pattern.find(({ weekdays }) => weekdays.includes(isoWeekday(date)));
      return JSON.stringify(usual?.windows ?? []) === JSON.stringify(real.get(date) ?? []);
    })
  );
}

/** Returns sentences such as "Monday to Thursday from 9:00 to 17:00", one for the weekdays of the same hours. */
function usualWeek(hours: Hours, today: LocalDate, { locale, t }: Reader): string[] {
  return ofEachKind(hours, t, ({ rules }) =>
    weekPattern(rules, today).map(({ weekdays, windows }) =>
      t('booking.hours.line', { days: weekdayRange(weekdays, { locale, t }), times: times(windows, { locale, t }) }),
    ),
  );
}

/** Returns the sentences about each kind of window, and says so where it is not by appointment. */
function ofEachKind(hours: Hours, t: Translate, sentences: (own: Hours) => string[]): string[] {
  return kindsOf(hours).flatMap((kind) => {
    const own = sentences(hoursOfKind(hours, kind));
    return kind === 'appointment' ? own : own.map((said) => t(`booking.hours.kind.${kind}`, { hours: said }));
  });
}

/** Returns sentences such as "Mon, 30 November from 9:00 to 12:00", one for consecutive days of the same hours. */
function comingOpenings(hours: Hours, today: LocalDate, reader: Reader): string[] {
  return ofEachKind(hours, reader.t, (own) => openingsOf(own, today, reader));
}

function openingsOf(hours: Hours, today: LocalDate, reader: Reader): string[] {
  const { t } = reader;
  const runs: { from: LocalDate; to: LocalDate; times: string }[] = [];
  for (const { date, windows } of openingDays(hours, today, addDays(today, LISTED_DAYS))) {
    if (windows.length === 0) continue;
    const onClock = windows.map((window) => ({
      start: localTime(window.start, hours.timeZone),
      end: endOn(window, hours.timeZone),
    }));
    const said = times(onClock, reader);
    const last = runs.at(-1);
    if (last?.times === said && addDays(last.to, 1) === date) last.to = date;
    else runs.push({ from: date, to: date, times: said });
  }
  return runs.map(({ from, to, times }) => t('booking.hours.line', { days: dateRange(from, to, reader), times }));
}

function dateRange(first: LocalDate, last: LocalDate, { locale, t }: Reader): string {
  const name = (date: string) => dayName(locale, date, 'short');
  return first === last ? name(first) : t('booking.hours.to', { from: name(first), to: name(last) });
}

/**
 * Returns "Monday to Thursday", "Friday", "Monday and Wednesday"; three or more consecutive days are named by the first
 * and the last.
 */
export function weekdayRange(weekdays: readonly number[], { locale, t }: Reader): string {
  const runs: number[][] = [];
  for (const day of weekdays) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => weekdayName(locale, day ?? 1);
  const names = runs.flatMap((run) =>
    run.length > 2 ? [t('booking.hours.to', { from: name(run[0]), to: name(run.at(-1)) })] : run.map(name),
  );
  return allOf(locale, names);
}

/** Returns "from 9:00 to 12:00 and from 13:00 to 17:00". */
export function times(windows: readonly LocalWindow[], { locale, t }: Pick<Reader, 'locale' | 't'>): string {
  return allOf(
    locale,
    onClock(windows).map(({ start, end }) => t('booking.hours.fromTo', { from: spoken(start, t), to: spoken(end, t) })),
  );
}

/**
 * Returns the time of day as the box of hours writes it: "9:30", and full hours as usual in the language ("9", "9:00").
 */
function spoken(time: LocalTime, t: Translate): string {
  const [hour, minute] = clock(time).split(':');
  return minute === '00' ? t('booking.hours.fullHour', { hour }) : clock(time);
}

/** Returns the end of a window on the clock; midnight is 24:00. */
function endOn({ end }: Interval, timeZone: string): LocalTime {
  const time = localTime(end, timeZone);
  return time === '00:00' ? '24:00' : time;
}
