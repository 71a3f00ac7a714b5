import type { Explanation } from '../../../../app/slots/explainSlots';
import type { Instant } from '../../../../domain/calendar/interval';
import { addDays, localDate } from '../../../../domain/calendar/zone';
import type { Slot } from '../../../../domain/slots/freeSlots';
import { deskTime } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { pageOf, slotDays, weeksOf } from '../../../pages/slotDays';
import { zoneSentence } from '../freeSlots';
import { journeyUrl } from '../journey';
import { questionForm, stepView } from '../journeyView';
import { otherWaysView } from '../otherWays';
import type { Stage } from '../stage';

interface Given {
  readonly stage: Stage;
  /** All free slots, ascending. */
  readonly slots: readonly Slot[];
  readonly explanation: Explanation;
  /** Where the list of days begins, as it stands in the address. */
  readonly from: unknown;
  readonly now: Instant;
}

/** Returns the earliest start, what else would be possible, and one page of the days with free times. */
export function dayView({ stage, slots, explanation, from, now }: Given, reader: Reader) {
  const { desk, place, choices } = stage;
  const zone = desk.hours.timeZone;
  const [first] = slots;
  const days = slotDays(slots, zone, reader).map((day) => ({
    ...day,
    href: journeyUrl('time', place, { ...choices, date: day.date }),
  }));
  const today = localDate(now, zone);
  const page = pageOf(
    days,
    from,
    (date) => `${journeyUrl('day', place, { ...choices, date: undefined })}&from=${date}`,
  );
  const onPage = new Set(page.days.map(({ date }) => date));
  const shown = slots.map(({ time }) => time.start).filter((at, i) => i === 0 || onPage.has(localDate(at, zone)));
  return {
    ...stepView('day', stage, reader),
    first: first && firstView(stage, first, reader),
    other: otherWaysView(stage, { explanation, first, now }, reader),
    weeks: weeksOf(page.days, today, reader),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
    byDate: days.length > 0 && {
      ...questionForm('day', stage),
      value: choices.date,
      min: today,
      max: addDays(today, choices.topic?.horizonDays ?? desk.horizonDays),
    },
    zone: zoneSentence(stage, shown.length > 0 ? shown : [now], reader),
  };
}

/** Returns the earliest start with the button to take it. */
function firstView({ desk, place, choices }: Stage, { time: { start } }: Slot, { locale, t }: Reader) {
  const at = deskTime(locale, desk.hours.timeZone);
  return {
    when: t('booking.day.firstWhen', { day: at.day(start), time: at.time(start) }),
    form: {
      method: 'post',
      action: journeyUrl('time', place, { ...choices, date: undefined }),
      hidden: [{ name: 'start', value: new Date(start).toISOString() }],
    },
  };
}
