import type { Slot } from '../../app/calendar/findSlots';
import type { LocalDate } from '../../domain/calendar/hours';
import { localDate, localTime, toIso } from '../../domain/calendar/zone';
import { groupBy } from '../../domain/groupBy';
import { type DeskTime, deskTime } from '../../presentation/format';
import type { Locale, Translate } from '../../presentation/texts';

interface Reader {
  readonly locale: Locale;
  readonly t: Translate;
}

/** One start that can be chosen, as a page prints it. */
export interface TimeChoice {
  /** ISO 8601 with the desk's offset: the value that is sent back. */
  readonly start: string;
  readonly label: string;
  /** Read out in full: "Tuesday, 24 November, 10:30 to 11:00". */
  readonly spoken: string;
}

export interface DayChoice {
  readonly date: LocalDate;
  readonly label: string;
  /** "3 times" */
  readonly count: string;
  readonly times: readonly TimeChoice[];
  readonly morning: readonly TimeChoice[];
  readonly afternoon: readonly TimeChoice[];
}

const NOON = '12:00';

/** Slots by day in the desk's zone, each day with its count, its times in full and by morning and afternoon. */
export function slotDays(slots: readonly Slot[], timeZone: string, { locale, t }: Reader): DayChoice[] {
  const at = deskTime(locale, timeZone);
  const shown = ambiguousTimes(slots, timeZone);
  return [...groupBy(slots, ({ time }) => localDate(time.start, timeZone))].map(([date, ofDay]) => {
    const choices = ofDay.map((slot) => ({
      local: localTime(slot.time.start, timeZone),
      choice: timeChoice(slot, timeZone, { at, t, shown }),
    }));
    return {
      date,
      label: at.day(ofDay[0]?.time.start ?? 0),
      count: t('booking.day.count', { count: ofDay.length }),
      times: choices.map(({ choice }) => choice),
      morning: choices.filter(({ local }) => local < NOON).map(({ choice }) => choice),
      afternoon: choices.filter(({ local }) => local >= NOON).map(({ choice }) => choice),
    };
  });
}

/** A few slots on different days, each with its day: alternatives, the first free. */
export function slotList(
  slots: readonly Slot[],
  timeZone: string,
  { locale, t }: Reader,
): (TimeChoice & { readonly day: string })[] {
  const at = deskTime(locale, timeZone);
  const shown = ambiguousTimes(slots, timeZone);
  return slots.map((slot) => ({ ...timeChoice(slot, timeZone, { at, t, shown }), day: at.day(slot.time.start) }));
}

function timeChoice(
  { time }: Slot,
  timeZone: string,
  { at, t, shown }: { at: DeskTime; t: Translate; shown: ReadonlySet<string> },
): TimeChoice {
  const clock = at.time(time.start);
  const label = shown.has(wallTime(time.start, timeZone)) ? `${clock} ${at.zoneShort(time.start)}` : clock;
  return {
    start: toIso(time.start, timeZone),
    label,
    spoken: t('booking.time.spoken', { day: at.day(time.start), start: label, end: at.time(time.end) }),
  };
}

/** Wall times that come twice, in the night on which the clocks go back: those say which of the two they are. */
function ambiguousTimes(slots: readonly Slot[], timeZone: string): ReadonlySet<string> {
  const seen = groupBy(slots, ({ time }) => wallTime(time.start, timeZone));
  return new Set([...seen].filter(([, same]) => same.length > 1).map(([wall]) => wall));
}

function wallTime(at: number, timeZone: string): string {
  return `${localDate(at, timeZone)}T${localTime(at, timeZone)}`;
}
