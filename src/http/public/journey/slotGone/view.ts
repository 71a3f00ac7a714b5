import { type Hold, isTyped } from '../../../../domain/booking/hold';
import type { Slot } from '../../../../domain/slots/freeSlots';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { slotList } from '../../../pages/slotDays';
import { journeyUrl } from '../journey';
import type { Stage } from '../stage';

interface Given {
  /** With its hold, if something was typed that is kept. */
  readonly stage: Stage & { readonly hold?: Hold };
  readonly nearest: readonly Slot[];
}

/** Returns the nearest free times to choose from. That one is taken is nobody's fault, so there is no list of errors. */
export function slotGoneView({ stage: { desk, place, choices, hold }, nearest }: Given, reader: Reader) {
  const { t } = reader;
  const times = slotList(nearest, desk.hours.timeZone, reader);
  const undated = { ...choices, date: undefined, start: undefined };
  return {
    title: t('booking.slotGone.title'),
    text: t(hold && isTyped(hold.draft) ? 'booking.slotGone.kept' : 'booking.slotGone.text'),
    form: { method: 'post', action: journeyUrl('time', place, undated) },
    groups: times.length > 0 ? [{ id: 'nearest', name: t('booking.slotGone.nearest'), times }] : [],
    otherDaysHref: journeyUrl('time', place, undated),
    contact: contactView(desk),
  };
}
