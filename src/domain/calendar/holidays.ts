import Holidays from 'date-holidays';
import { memo } from '../memo';
import type { LanguageTag, Text } from '../text';
import { DAY, dayNumber, dayOf } from './dates';
import type { LocalDate } from './hours';

/** The languages in which a closed day can name its holiday; others fall back as every `Text` does. */
const LANGUAGES: readonly LanguageTag[] = ['de', 'en'];

/**
 * The public holidays of a region in [from, to), by day, ascending, with their names. Only days on which the law closes
 * desks: neither bank holidays (24 and 31 December) nor observances (Rosenmontag), which desks keep as exceptions of
 * their own. The same in any process zone. An unknown region has none: ask `isRegion` where regions are set.
 *
 * @param region ISO 3166-2: `DE-NW`; a part of it if the law has one: `DE-BY-A`
 */
export function publicHolidays(region: string, from: LocalDate, to: LocalDate): ReadonlyMap<LocalDate, Text> {
  const days = new Map<LocalDate, Text>();
  if (from >= to || !isRegion(region)) return days;
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    for (const [date, name] of holidaysOf(`${region} ${year}`)) if (from <= date && date < to) days.set(date, name);
  return days;
}

/** `true` if holidays of `region` are known: `DE-NW`, `AT`, `DE-BY-A`. */
export function isRegion(region: string): boolean {
  return /^[A-Z]{2}(-[A-Z0-9]{1,6}){0,2}$/.test(region) && known(region) === 'yes';
}

const known = memo(200, (region) => {
  const [country = '', state, part] = region.split('-');
  const all = new Holidays();
  const here = part ? all.getRegions(country, state as string) : state ? all.getStates(country) : all.getCountries();
  return Object.hasOwn(here ?? {}, part ?? state ?? country) ? 'yes' : 'no';
});

const holidaysOf = memo(200, (regionAndYear) => {
  const [region = '', year] = regionAndYear.split(' ');
  const names = new Map<LocalDate, Text>();
  const holidays = calendarOf(region);
  for (const language of LANGUAGES)
    for (const { type, date, start, end, name } of holidays.getHolidays(Number(year), language)) {
      if (type !== 'public') continue;
      // `date` is the local day; `start` and `end` are instants, good for the number of days only.
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      for (let i = 0; i < length; i++) addName(names, dayOf(dayNumber(date.slice(0, 10)) + i), language, name);
    }
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
});

const calendarOf = memo(20, (region) => new Holidays(...(region.split('-') as [string])));

/** Two holidays can share a day (Ascension Day on 1 May 2008): it has both names. */
function addName(names: Map<LocalDate, Text>, date: LocalDate, language: LanguageTag, name: string): void {
  const day = names.get(date) ?? {};
  names.set(date, { ...day, [language]: day[language] ? `${day[language]} / ${name}` : name });
}
