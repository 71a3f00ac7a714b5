import type { Alternatives } from '../../app/slots/alternatives';
import type { FreeTimes } from '../../app/slots/freeTimes';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { openingDays } from '../../domain/calendar/openingHours';
import { addDays, toIso } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import { anyOf, dayName } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';
import { whyClosed } from '../pages/hoursView';
import { wordsOf } from './words';

interface Shown {
  readonly desk: Desk;
  /** Null: over all days. */
  readonly date: LocalDate | null;
  readonly found: FreeTimes;
  readonly chosen: Instant | null;
  /** Whether one advisor was asked for. */
  readonly named: boolean;
  readonly now: Instant;
  /** Returns the address that shows the given day. */
  readonly hrefOf: (date: LocalDate) => string;
  /** The chosen time is taken; these are the nearest free ones, shown instead of the day's. */
  readonly alternatives?: Alternatives | undefined;
}

/**
 * Returns the free times as radio buttons, each with the advisors who could take it, the best first; or, if there are
 * none, why and where to look.
 */
export function timesView({ desk, date, found, chosen, named, now, hrefOf, alternatives }: Shown, reader: Reader) {
  const { locale, t } = reader;
  const { time: words } = wordsOf(desk, reader);
  const zone = desk.hours.timeZone;
  const near = alternatives?.slots.map(({ time }) => ({
    time,
    span: `${words.shortDay(time.start)}, ${words.span(time)}`,
  }));
  const free = found.slots.map(({ time, advisors: [first, ...others] }) => ({
    time,
    span: date === null ? `${words.shortDay(time.start)}, ${words.span(time)}` : words.span(time),
    // If one advisor was asked for, no names are needed.
    advisors: named || !first ? undefined : whoCould([first, ...others], reader),
  }));
  return {
    timesLegend: alternatives ? t('staff.times.nearest') : legendOf(date, reader),
    // The error summary links to the first time.
    times: (near ?? free).map(({ time, ...texts }, i) => ({
      ...texts,
      id: i === 0 ? 'start' : `start-${i}`,
      value: toIso(time.start, zone),
      // A slot that has begun is for walk-ins; it is marked, and never selected at first.
      running: time.start <= now ? t('staff.times.running', { time: words.time(time.start) }) : undefined,
      checked: time.start === chosen && time.start > now,
    })),
    noTimes: alternatives ? t('staff.times.noneNear') : whyNone({ desk, date, found }, reader),
    nextDay: found.nextDay && {
      date: found.nextDay,
      text: dayName(locale, found.nextDay),
      href: hrefOf(found.nextDay),
    },
  };
}

/** Returns "Frei am Dienstag, 1. Dezember 2026", or what stands over times of all days. */
function legendOf(date: LocalDate | null, { locale, t }: Reader): string {
  return date === null ? t('staff.times.first') : t('staff.times.on', { day: dayName(locale, date) });
}

/** The number of advisors who are named, the best first. */
const MAX_NAMED_ADVISORS = 2;

/**
 * Returns "Mira Tannhoff", "Mira Tannhoff oder Jonas Ebelwein", "Mira Tannhoff, Jonas Ebelwein oder 3 andere"; one of
 * them takes it, not all.
 */
function whoCould(advisors: readonly Pick<Advisor, 'name'>[], { t, locale }: Reader): string {
  const names = advisors.map(({ name }) => name);
  const count = names.length - MAX_NAMED_ADVISORS;
  return anyOf(locale, count > 0 ? [...names.slice(0, MAX_NAMED_ADVISORS), t('staff.times.others', { count })] : names);
}

/**
 * Returns why nothing is free: that the desk is closed and its reason, or else the condition that rules everything out.
 */
function whyNone({ desk, date, found }: Pick<Shown, 'desk' | 'date' | 'found'>, reader: Reader): string {
  if (date === null)
    return reader.t(
      found.binding === 'language' || found.binding === 'mode'
        ? `staff.times.none.${found.binding}`
        : 'staff.times.noneSoon',
    );
  const [day] = openingDays(desk.hours, date, addDays(date, 1));
  const closed = found.binding === 'hours' ? day?.closed : null;
  if (closed) return whyClosed(closed, 'staff.day.closed', reader);
  return reader.t(`staff.times.none.${found.binding ?? 'bookings'}`);
}
