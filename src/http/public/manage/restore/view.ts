import type { Alternatives } from '../../../../app/slots/alternatives';
import type { Instant } from '../../../../domain/calendar/interval';
import { paths, url } from '../../../../paths';
import { deskTime } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { journeyUrl } from '../../journey/journey';
import { bookingUrl, type ManagedBooking, whenView } from '../managedBooking';

interface Given {
  readonly managed: ManagedBooking;
  /** The form was sent without the tick. */
  readonly isUnticked?: boolean;
  /** Present if the time is taken by now. */
  readonly alternatives?: Alternatives;
}

/** Returns the question whether to restore the booking, or that its time is taken. */
export function restoreView({ managed, isUnticked = false, alternatives }: Given, reader: Reader) {
  const { t } = reader;
  const error = isUnticked ? t('booking.restore.againMissing') : undefined;
  return {
    title: t('booking.restore.title'),
    back: bookingUrl(managed),
    when: whenView(managed, reader).when,
    form: { method: 'post', action: url(paths.restoreBooking, { token: managed.token }) },
    error,
    errors: alternatives
      ? [{ href: '#other-days', text: t('booking.restore.gone') }]
      : error && [{ href: '#again', text: error }],
    gone: alternatives && goneView(managed, alternatives, reader),
  };
}

/** A cancelled booking cannot be moved, so the nearest free times lead to a new booking of the same kind. */
function goneView({ booking, desk }: ManagedBooking, { slots, timeZone }: Alternatives, { locale }: Reader) {
  const { topicId, language, mode } = booking;
  const kind = { language, topic: desk.topics.find(({ id }) => id === topicId), mode };
  const hrefOf = (start?: Instant) => journeyUrl('time', { locale, desk: desk.id }, { ...kind, start });
  return {
    near: slots.map(({ time }) => ({
      href: hrefOf(time.start),
      text: deskTime(locale, timeZone).dateAndSpan(time),
    })),
    otherDaysHref: hrefOf(),
    contact: contactView(desk),
  };
}
