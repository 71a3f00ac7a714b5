import type { LocalDate } from '../../domain/calendar/hours';
import { addDays, isoWeek, isoWeekday, localDate, localTime, toIso } from '../../domain/calendar/zone';
import { groupBy } from '../../domain/groupBy';
import type { Slot } from '../../domain/slots/freeSlots';
import { type DeskTime, dayAndMonth, deskTime } from '../../presentation/format';
import type { Reader, Translate } from '../../presentation/texts';

/** One start to choose, as `partials/timeChoice` prints it. */
interface TimeChoice {
  readonly id: string;
  /** ISO 8601 with the desk's offset; the form sends it. */
  readonly value: string;
  /** "10:30" */
  readonly time: string;
  /** For screen readers: "Tuesday, 24 November, 10:30 to 11:00". */
  readonly label: string;
}

/** A day with free slots. */
interface DayChoice {
  readonly date: LocalDate;
  readonly name: string;
  /** "3 times free" */
  readonly count: string;
  /** From the first start to the end of the last slot: "9:00–16:30". */
  readonly hours: string;
  readonly few: boolean;
  readonly groups: readonly { readonly id: string; readonly name: string; readonly times: readonly TimeChoice[] }[];
}

const NOON = '12:00';
const FEW_TIMES = 3;

/**
 * Groups slots by day in the desk's zone, and the times of each day by morning and afternoon. Ids are numbered within a
 * day.
 */
export function slotDays(slots: readonly Slot[], timeZone: string, { locale, t }: Reader): DayChoice[] {
  const at = deskTime(locale, timeZone);
  const twice = ambiguousTimes(slots, timeZone);
  return [...groupBy(slots, ({ time }) => localDate(time.start, timeZone))].map(([date, ofDay]) => {
    const times = ofDay.map((slot, i) => ({
      local: localTime(slot.time.start, timeZone),
      choice: timeChoice(slot, i, { at, t, twice, timeZone }),
    }));
    const group = (name: string, inside: (local: string) => boolean) => ({
      id: name,
      name: t(`booking.time.${name}`),
      times: times.filter(({ local }) => inside(local)).map(({ choice }) => choice),
    });
    return {
      date,
      name: at.day(ofDay[0]?.time.start ?? 0),
      count: t('booking.day.count', { count: ofDay.length }),
      hours: at.span({ start: ofDay[0]?.time.start ?? 0, end: ofDay.at(-1)?.time.end ?? 0 }),
      few: ofDay.length <= FEW_TIMES,
      groups: [group('morning', (local) => local < NOON), group('afternoon', (local) => local >= NOON)].filter(
        (g) => g.times.length > 0,
      ),
    };
  });
}

/** Returns a few slots on different days, each with its day, for the alternatives to a slot that is taken. */
export function slotList(slots: readonly Slot[], timeZone: string, { locale, t }: Reader): TimeChoice[] {
  const at = deskTime(locale, timeZone);
  const twice = ambiguousTimes(slots, timeZone);
  return slots.map((slot, i) => {
    const choice = timeChoice(slot, i, { at, t, twice, timeZone });
    return { ...choice, time: `${at.shortDay(slot.time.start)}, ${choice.time}` };
  });
}

/**
 * Groups days by ISO week under headings that people can scan: "This week", "Next week", then "from Monday, 7
 * December".
 */
export function weeksOf<T extends { readonly date: LocalDate }>(
  days: readonly T[],
  today: LocalDate,
  { locale, t }: Reader,
): { name: string; days: T[] }[] {
  const weekOf = (date: LocalDate) => `${isoWeek(date).year}-${isoWeek(date).week}`;
  return [...groupBy(days, ({ date }) => weekOf(date))].map(([week, ofWeek]) => {
    const monday = addDays(ofWeek[0]?.date ?? today, 1 - isoWeekday(ofWeek[0]?.date ?? today));
    const name =
      week === weekOf(today)
        ? t('booking.day.thisWeek')
        : week === weekOf(addDays(today, 7))
          ? t('booking.day.nextWeek')
          : t('booking.day.weekFrom', { day: dayAndMonth(locale, monday) });
    return { name, days: ofWeek };
  });
}

/** The number of days on one page of the list; the others are behind links. */
const DAYS_A_PAGE = 10;

/** Returns one page of a list of days, beginning at the day that the address names, with links to the other pages. */
export function pageOf<T extends Pick<DayChoice, 'date'>>(
  days: readonly T[],
  from: unknown,
  href: (from: string) => string,
  size = DAYS_A_PAGE,
) {
  const asked = typeof from === 'string' ? days.findIndex(({ date }) => date >= from) : 0;
  const first = Math.max(0, asked);
  const later = days[first + size];
  const earlier = first > 0 ? days[Math.max(0, first - size)] : undefined;
  return {
    days: days.slice(first, first + size),
    laterHref: later && href(later.date),
    earlierHref: earlier && href(earlier.date),
  };
}

interface Printing {
  readonly at: DeskTime;
  readonly t: Translate;
  readonly twice: ReadonlySet<string>;
  readonly timeZone: string;
}

function timeChoice({ time }: Slot, index: number, { at, t, twice, timeZone }: Printing): TimeChoice {
  const clock = at.time(time.start);
  const shown = twice.has(wallTime(time.start, timeZone)) ? `${clock} ${at.zoneShort(time.start)}` : clock;
  return {
    id: `start-${index + 1}`,
    value: toIso(time.start, timeZone),
    time: shown,
    label: t('booking.time.spoken', { day: at.day(time.start), start: shown, end: at.time(time.end) }),
  };
}

/**
 * Returns the wall times that occur twice, in the night on which the clocks go back; those are shown with the short
 * name of their zone.
 */
function ambiguousTimes(slots: readonly Slot[], timeZone: string): ReadonlySet<string> {
  const seen = groupBy(slots, ({ time }) => wallTime(time.start, timeZone));
  return new Set([...seen].filter(([, same]) => same.length > 1).map(([wall]) => wall));
}

function wallTime(at: number, timeZone: string): string {
  return `${localDate(at, timeZone)}T${localTime(at, timeZone)}`;
}
