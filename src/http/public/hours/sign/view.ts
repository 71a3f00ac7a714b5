import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { absolute, paths, url } from '../../../../paths';
import { printed } from '../../../../presentation/deskText';
import { direction } from '../../../../presentation/direction';
import { qrCode } from '../../../../presentation/qrCode';
import type { Reader } from '../../../../presentation/texts';
import { hoursView } from '../../../pages/hoursView';

interface Given {
  readonly desk: Desk;
  readonly now: Instant;
  readonly baseUrl: string;
}

/** Returns the sign in the languages of its readers, the first of which is German. */
export function signView({ desk, now, baseUrl }: Given, readers: readonly Reader[], { t, locale }: Reader) {
  const place = { locale, desk: desk.id };
  const start = absolute(baseUrl, url(paths.start, place));
  return {
    title: t('booking.sign.title'),
    back: url(paths.start, place),
    languages: readers.map((reader) => {
      const { hours, closures, listed } = hoursView(desk, now, reader);
      return {
        lang: reader.locale,
        dir: direction(reader.locale),
        name: printed(desk.name, reader.locale),
        heading: reader.t('booking.start.hours'),
        listed,
        hours,
        closures,
        book: reader.t('booking.sign.book'),
      };
    }),
    address: desk.address,
    phone: desk.phone,
    start,
    qr: qrCode(start),
  };
}
