import { CUSTOMARY_NAMES } from './customaryNames';
import { addDays, isoWeekday } from './dates';
import { effectOf } from './effect';
import { exceptionsByDay } from './exceptions';
import { observanceIn, publicHolidays } from './holidays';
import type { Hours, HoursException, LocalDate, LocalTime } from './hours';

type Proposed = Omit<HoursException, 'id'>;

/** The Länder in which offices close for carnival. */
const CARNIVAL_REGIONS = ['DE-NW', 'DE-RP', 'DE-SL', 'DE-HE'];
/** When the women storm the town halls. */
const CARNIVAL_BEGINS: LocalTime = '11:00';
const [TUESDAY, THURSDAY] = [2, 4];

/**
 * Returns the days in [from, to) that desks of this region often close although no law does, ready to be entered as
 * exceptions, ascending. Days about which something is entered already are left out, and those on which the desk is
 * closed anyway.
 */
export function customaryExceptions(hours: Hours, from: LocalDate, to: LocalDate): Proposed[] {
  const entered = exceptionsByDay(hours.exceptions, from, to);
  const isNew = (each: Proposed) => ![...entered.keys()].some((date) => each.from <= date && date < each.to);
  return proposed(hours.holidays, from, to)
    .filter((each) => from <= each.from && each.to <= to && isNew(each))
    .filter((each) => effectOf(hours, { ...each, id: 'proposed' }).changes)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

function proposed(region: string | null, from: LocalDate, to: LocalDate): Proposed[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const years = Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
  return [
    ...years.flatMap((year) => [
      ...(region && CARNIVAL_REGIONS.some((each) => region.startsWith(each)) ? carnival(region, year) : []),
      closed('christmasEve', `${year}-12-24`),
      closed('betweenTheYears', `${year}-12-27`, `${year}-12-31`),
      closed('newYearsEve', `${year}-12-31`),
    ]),
    ...(region ? bridgeDays(region, from, to) : []),
  ];
}

function carnival(region: string, year: string): Proposed[] {
  const thursday = observanceIn(region, year, 'easter -52');
  const monday = observanceIn(region, year, 'easter -48');
  return [
    ...(thursday
      ? [
          {
            ...closed('womensCarnival', thursday),
            closed: false,
            pauses: [{ start: CARNIVAL_BEGINS, end: '24:00' }],
          },
        ]
      : []),
    ...(monday ? [closed('carnivalMonday', monday)] : []),
  ];
}

/** The Friday after a holiday on a Thursday, and the Monday before one on a Tuesday. */
function bridgeDays(region: string, from: LocalDate, to: LocalDate): Proposed[] {
  // The day after the last is asked for too: a Tuesday makes the Monday before it a bridge.
  return [...publicHolidays(region, addDays(from, -1), addDays(to, 1)).keys()].flatMap((holiday) => {
    const weekday = isoWeekday(holiday);
    if (weekday === THURSDAY) return [closed('bridgeDay', addDays(holiday, 1))];
    return weekday === TUESDAY ? [closed('bridgeDay', addDays(holiday, -1))] : [];
  });
}

function closed(name: keyof typeof CUSTOMARY_NAMES, from: LocalDate, to = addDays(from, 1)): Proposed {
  return { from, to, closed: true, windows: [], reason: CUSTOMARY_NAMES[name] };
}
