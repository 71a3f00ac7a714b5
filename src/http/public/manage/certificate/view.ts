import type { Instant } from '../../../../domain/calendar/interval';
import { inLanguage } from '../../../../domain/text';
import { direction } from '../../../../presentation/direction';
import { deskTime } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { bookingUrl, type ManagedBooking } from '../managedBooking';

/** Returns the certificate in German, and in the reader's language if that is another. @param house a German reader */
export function certificateView(managed: ManagedBooking, now: Instant, reader: Reader, house: Reader) {
  const { locale } = reader;
  const readers = locale === house.locale ? [house] : [house, reader];
  return {
    title: reader.t('booking.certificate.title'),
    back: bookingUrl(managed),
    sheets: readers.map((each) => wording(managed, now, each)),
  };
}

function wording({ booking, desk }: ManagedBooking, now: Instant, { locale, t }: Reader) {
  const at = deskTime(locale, desk.hours.timeZone);
  const { mode, time, client, onBehalfOf, reference } = booking;
  return {
    lang: locale,
    dir: direction(locale),
    heading: t('booking.certificate.title'),
    text: t(`booking.certificate.${mode}`, {
      name: onBehalfOf?.name ?? client.name,
      when: at.dateAndSpan(time),
      desk: inLanguage(desk.name, locale),
    }),
    from: t('booking.certificate.from', { desk: inLanguage(desk.name, locale), address: desk.address }),
    issued: t('booking.certificate.issued', { date: at.date(now) }),
    reference: `${t('booking.done.reference')} ${reference}`,
  };
}
