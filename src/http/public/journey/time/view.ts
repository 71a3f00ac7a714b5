import type { Instant } from '../../../../domain/calendar/interval';
import { localDate, parseInstant, startOfDay } from '../../../../domain/calendar/zone';
import type { Slot } from '../../../../domain/slots/freeSlots';
import { deskTime } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { closedDay, differentHours } from '../../../pages/hoursView';
import { type DayChoice, slotDays, type TimeChoice } from '../../../pages/slotDays';
import { zoneSentence } from '../freeSlots';
import { journeyUrl } from '../journey';
import { stepView } from '../journeyView';
import type { Stage } from '../stage';

interface Given {
  /** Its choices have a date, unless a time was chosen. */
  readonly stage: Stage;
  /** The free slots of all days. */
  readonly slots: readonly Slot[];
  /** Why the choice was refused. */
  readonly error?: string | undefined;
  /** What was chosen, to be selected again. */
  readonly start?: Instant | undefined;
}

/** Returns the times of the chosen day, or why there are none, with links to the days around it. */
export function timeView({ stage, slots, error, start }: Given, reader: Reader) {
  const { desk, place, choices } = stage;
  const { locale, t } = reader;
  const zone = desk.hours.timeZone;
  const chosen = choices.date ?? (start === undefined ? '' : localDate(start, zone));
  const days = slotDays(slots, zone, reader);
  const shown = slots.map(({ time }) => time.start).filter((at) => localDate(at, zone) === chosen);
  const day = days.find(({ date }) => date === chosen);
  const link = (to: DayChoice | undefined) =>
    to && { href: journeyUrl('time', place, { ...choices, date: to.date }), name: to.name };
  const mark = (time: TimeChoice) => ({ ...time, checked: start !== undefined && parseInstant(time.value) === start });
  return {
    ...stepView('time', stage, reader),
    form: { method: 'post', action: journeyUrl('time', place, choices) },
    timeZone: zone,
    day: day?.name ?? deskTime(locale, zone).day(startOfDay(chosen, zone)),
    different: differentHours(desk, chosen, reader),
    count: day?.count ?? closedDay(desk, chosen, reader) ?? t('booking.time.none'),
    groups: day?.groups.map((group) => ({ ...group, times: group.times.map(mark) })) ?? [],
    otherDays: {
      previous: link(days.filter(({ date }) => date < chosen).at(-1)),
      next: link(days.find(({ date }) => date > chosen)),
    },
    zone: zoneSentence(stage, shown.length > 0 ? shown : [startOfDay(chosen, zone)], reader),
    errors: error && [{ href: '#start-1', text: error }],
    error,
  };
}
