import type { Alternatives } from '../../app/slots/alternatives';
import type { FreeTimes } from '../../app/slots/freeTimes';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { openingDays } from '../../domain/calendar/openingHours';
import { addDays, toIso } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import { inLanguage } from '../../domain/text';
import { anyOf, dayName } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';
import { wordsOf } from './words';

interface Shown {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly found: FreeTimes;
  readonly chosen: Instant | null;
  /** One person was asked for. */
  readonly named: boolean;
  readonly now: Instant;
  /** Where the next free day is shown. */
  readonly hrefOf: (date: LocalDate) => string;
  /** The chosen time has gone: these are near it, and are shown instead of the day's. */
  readonly alternatives?: Alternatives | undefined;
}

/** Free times as radio buttons, each with who would take it, the engine's first choice first; or where else to look. */
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
    span: words.span(time),
    // With one person chosen there is nothing to name.
    advisors: named || !first ? undefined : whoCould([first, ...others], reader),
  }));
  return {
    timesLegend: alternatives ? t('staff.times.nearest') : t('staff.times.on', { day: dayName(locale, date) }),
    // The error summary leads to the first one.
    times: (near ?? free).map(({ time, ...texts }, i) => ({
      ...texts,
      id: i === 0 ? 'start' : `start-${i}`,
      value: toIso(time.start, zone),
      // What has begun is for who stands at the door: it is said, and taken on purpose only.
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

/** So many are named, the engine's first choice first. */
const NAMED = 2;

/** "Mira Tannhoff", "Mira Tannhoff oder Jonas Ebelwein", "Mira Tannhoff, Jonas Ebelwein oder 3 andere": one of them, not all. */
function whoCould(advisors: readonly Pick<Advisor, 'name'>[], { t, locale }: Reader): string {
  const names = advisors.map(({ name }) => name);
  const count = names.length - NAMED;
  return anyOf(locale, count > 0 ? [...names.slice(0, NAMED), t('staff.times.others', { count })] : names);
}

/** Where the desk is closed, that and why; else what is in the way. */
function whyNone({ desk, date, found }: Pick<Shown, 'desk' | 'date' | 'found'>, { t, locale }: Reader): string {
  const [day] = openingDays(desk.hours, date, addDays(date, 1));
  const closed = found.binding === 'hours' ? day?.closed : null;
  if (closed) return t(`staff.day.closed.${closed.kind}`, { name: inLanguage(closed.name, locale) });
  return t(`staff.times.none.${found.binding ?? 'bookings'}`);
}
