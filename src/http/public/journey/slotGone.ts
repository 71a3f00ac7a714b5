import type { Response } from 'express';
import type { Alternatives } from '../../../app/slots/alternatives';
import { type Hold, isTyped } from '../../../domain/booking/hold';
import type { DomainError } from '../../../domain/errors';
import { contactView } from '../../pages/contact';
import { slotList } from '../../pages/slotDays';
import { journeyUrl } from './journey';
import type { Stage } from './journeyView';

/**
 * Shows that the time has been taken, with the nearest free times to choose from. It is nobody's fault, so the page has
 * no list of errors. What was typed stays stored.
 *
 * @param stage with its hold, if something was typed that is kept
 */
export function slotGone(stage: Stage & { readonly hold?: Hold }, refused: DomainError, res: Response): void {
  const { desk, place, choices, hold } = stage;
  const { locale, t } = res.locals;
  const { slots } = refused.details.alternatives as Alternatives;
  const times = slotList(slots, desk.hours.timeZone, { locale, t });
  const undated = { ...choices, date: undefined };
  res.status(409).render('pages/public/journey/slotGone', {
    title: t('booking.gone.title'),
    text: t(hold && isTyped(hold.draft) ? 'booking.gone.kept' : 'booking.gone.text'),
    form: { method: 'post', action: journeyUrl('time', place, undated) },
    groups: times.length > 0 ? [{ id: 'nearest', name: t('booking.gone.nearest'), times }] : [],
    otherDaysHref: journeyUrl('day', place, undated),
    contact: contactView(desk),
  });
}
