import type { Alternatives } from '../../app/slots/alternatives';
import { resolveQuery, type SlotQuery, suitableFor } from '../../app/slots/slotQuery';
import { readAsNeeded } from '../../app/slots/snapshot';
import { bindingOf, earliest } from '../../app/slots/weeks';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { openingDays } from '../../domain/calendar/openingHours';
import { addDays, dayInterval, localDate, startOfDay, toIso } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import { freeSlots, type SlotWithAdvisors } from '../../domain/slots/freeSlots';
import type { Binding } from '../../domain/slots/whyNothing';
import { inLanguage } from '../../domain/text';
import { anyOf, dayName } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { type Reader, wordsOf } from './words';

/** How far the next free day is looked for, from the day that was asked for. */
const DAYS_AHEAD = 60;

interface Search {
  readonly desk: Desk;
  readonly query: SlotQuery;
  readonly date: LocalDate;
  /** A booking that is about to move: it must not be in its own way. */
  readonly except?: string | undefined;
}

/** What is free on one day, or why there is nothing and on which day there is something. */
export interface FreeTimes {
  readonly offers: readonly SlotWithAdvisors[];
  /** Null: something is free. */
  readonly binding: Binding | null;
  /** The first day after it with something free; null: none within sixty days. */
  readonly nextDay: LocalDate | null;
}

/**
 * The free times of one day, as the engine offers them to staff: also without lead time, and the slot that is running now.
 * With the next day that has any, because "nothing on this day" is not an answer for somebody on the phone.
 *
 * @throws DomainError `invalid` (topic, mode, advisor)
 */
export async function freeTimes(
  { storage, now, turn }: Pick<HttpDeps, 'storage' | 'now' | 'turn'>,
  { desk, query, date, except }: Search,
): Promise<FreeTimes> {
  const zone = desk.hours.timeZone;
  const at = now();
  const day = dayInterval(date, zone);
  const range = { start: day.start, end: startOfDay(addDays(date, DAYS_AHEAD), zone) };
  const question = resolveQuery(desk, query, 'staff');
  const scope = { desk, range, now: at, except, advisors: suitableFor(desk, question) };
  const { answer } = await readAsNeeded(await storage.snapshot(desk.id), scope, async (snapshot) => {
    const today = freeSlots(snapshot, question, day);
    const later = await earliest(turn, snapshot, [question], { start: day.end, end: range.end });
    return { today, later, binding: today.length > 0 ? null : await bindingOf(turn, snapshot, question, day) };
  });
  return {
    offers: answer.today,
    binding: answer.binding,
    nextDay: answer.later === null ? null : localDate(answer.later, zone),
  };
}

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
  const free = found.offers.map(({ time, advisors: [first, ...others] }) => ({
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
