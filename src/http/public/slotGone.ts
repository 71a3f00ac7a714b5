import type { Response } from 'express';
import type { Alternatives } from '../../app/booking/alternatives';
import type { DomainError } from '../../domain/errors';
import { contactView } from './contact';
import { journeyUrl } from './journey';
import type { Stage } from './journeyView';
import { slotList } from './slotDays';

/** Somebody was faster: what was typed is kept, and the nearest free times are one press away. */
export function slotGone({ desk, place, choices }: Stage, refused: DomainError, res: Response): void {
  const { locale, t } = res.locals;
  const { slots } = refused.details.alternatives as Alternatives;
  const times = slotList(slots, desk.hours.timeZone, { locale, t });
  const undated = { ...choices, date: undefined };
  res.status(409).render('pages/public/slotGone', {
    title: t('booking.gone.title'),
    errors: [{ href: times.length > 0 ? '#start-1' : '#other-days', text: t('booking.gone.text') }],
    form: { method: 'post', action: journeyUrl('time', place, undated) },
    groups: times.length > 0 ? [{ id: 'nearest', name: t('booking.gone.nearest'), times }] : [],
    otherDaysHref: journeyUrl('day', place, undated),
    contact: contactView(desk),
  });
}
