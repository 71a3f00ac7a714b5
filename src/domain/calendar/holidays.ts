import type { default as HolidaysOf, HolidaysTypes } from 'date-holidays';
import { memo } from '../memo';
import type { LanguageTag, Text } from '../text';
import { DAY, dayNumber, dayOf, eachDay } from './dates';
import { HOLIDAY_NAMES } from './holidayNames';
import type { LocalDate, LocalWindow } from './hours';
import { HOUR } from './interval';
import { joined } from './stretches';
import { localDate, localTime } from './zone';

/** Brings its table of the world, and astronomy for the moving ones: it is loaded when a holiday is first asked for. */
export const dateHolidays = () => require('date-holidays') as typeof HolidaysOf;

/** The languages in which the package names holidays reliably; for others see `HOLIDAY_NAMES`, else the fallback of `Text` holds. */
const LANGUAGES: readonly LanguageTag[] = ['de', 'en'];

/** A day that is a public holiday, in whole or in part. */
export interface Holiday {
  readonly name: Text;
  /** The times that the law closes: 00:00 to 24:00 on most holidays, 12:00 to 24:00 on 1 May in Solothurn. */
  readonly closed: readonly LocalWindow[];
}

/**
 * Returns the public holidays of a region in [from, to), by day, ascending, with their names. Only days on which the
 * law closes desks are holidays; desks enter bank holidays (24 and 31 December) and observances (Rosenmontag) as
 * exceptions of their own. The result does not depend on the zone of the process. An unknown region has no holidays:
 * where a region is set, `isRegion` checks it.
 *
 * @param region ISO 3166-2 code (`DE-NW`), or a part of a region where holidays differ within it (`DE-BY-A`)
 */
export function publicHolidays(region: string, from: LocalDate, to: LocalDate): ReadonlyMap<LocalDate, Holiday> {
  const days = new Map<LocalDate, Holiday>();
  if (from >= to || !isRegion(region)) return days;
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    for (const [date, holiday] of holidaysOf(`${region} ${year}`))
      if (from <= date && date < to) days.set(date, holiday);
  return days;
}

/**
 * Returns the day of a year on which a region keeps a custom, by the rule that the package gives it (`easter -48` for
 * Rosenmontag); undefined if it keeps none by this rule.
 */
export function observanceIn(region: string, year: string, rule: string): LocalDate | undefined {
  if (!isRegion(region)) return undefined;
  const kept = calendarOf(region).getHolidays(Number(year));
  return kept.find((each) => each.rule === rule)?.date.slice(0, 10);
}

/** Returns `true` if the holidays of `region` are known: `DE-NW`, `AT`, `DE-BY-A`. */
export function isRegion(region: string): boolean {
  return /^[A-Z]{2}(-[A-Z0-9]{1,6}){0,2}$/.test(region) && known(region) === 'yes';
}

const known = memo(200, (region) => {
  const [country = '', state, part] = region.split('-');
  const Holidays = dateHolidays();
  const all = new Holidays();
  const here = part ? all.getRegions(country, state as string) : state ? all.getStates(country) : all.getCountries();
  return Object.hasOwn(here ?? {}, part ?? state ?? country) ? 'yes' : 'no';
});

const holidaysOf = memo(200, (regionAndYear) => {
  const [region = '', year] = regionAndYear.split(' ');
  const days = new Map<LocalDate, Holiday>();
  const holidays = calendarOf(region);
  const [zone = 'UTC'] = holidays.getTimezones();
  for (const language of LANGUAGES)
    for (const holiday of holidays.getHolidays(Number(year), language)) {
      if (holiday.type !== 'public') continue;
      for (const [date, closed] of stretchesOf(holiday, zone))
        add(days, date, { name: { ...HOLIDAY_NAMES[holiday.name], [language]: holiday.name }, closed });
    }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
});

/**
 * Splits a holiday into its days, each with the times that belong to the holiday. A holiday of whole days is counted
 * from its local day `date`: one that begins at sunset has its `start` on the evening before, but the law means the
 * day. For any other (half a day, the Bayram of 3¾ days) the instants `start` and `end` are read on the clock of the
 * region's `zone`.
 */
function stretchesOf({ date, start, end }: HolidaysTypes.Holiday, zone: string): [LocalDate, LocalWindow[]][] {
  const length = end.getTime() - start.getTime();
  const days = Math.max(1, Math.round(length / DAY));
  // The tolerance of an hour is for days on which clocks change, which have 23 or 25 hours.
  if (Math.abs(length - days * DAY) <= HOUR)
    return Array.from({ length: days }, (_, i) => [dayOf(dayNumber(date.slice(0, 10)) + i), [WHOLE_DAY]]);

  const [first, last] = [localDate(start.getTime(), zone), localDate(end.getTime(), zone)];
  return eachDay(first, dayOf(dayNumber(last) + 1)).flatMap((day): [LocalDate, LocalWindow[]][] => {
    const stretch = {
      start: day === first ? localTime(start.getTime(), zone) : WHOLE_DAY.start,
      end: day === last ? localTime(end.getTime(), zone) : WHOLE_DAY.end,
    };
    return stretch.start < stretch.end ? [[day, [stretch]]] : [];
  });
}

const WHOLE_DAY: LocalWindow = { start: '00:00', end: '24:00' };

const calendarOf = memo(20, (region) => {
  const Holidays = dateHolidays();
  return new Holidays(...(region.split('-') as [string]));
});

/**
 * Adds a holiday to its day. Two holidays can share a day (Ascension Day on 1 May 2008); the day then has both names.
 */
function add(days: Map<LocalDate, Holiday>, date: LocalDate, { name, closed }: Holiday): void {
  const there = days.get(date) ?? { name: {}, closed: [] };
  const names = Object.entries(name).map(([language, own]) => [
    language,
    there.name[language] ? `${there.name[language]} / ${own}` : own,
  ]);
  days.set(date, {
    name: { ...there.name, ...Object.fromEntries(names) },
    closed: joined([...there.closed, ...closed]),
  });
}
