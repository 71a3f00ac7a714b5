import type { Booking } from '../../domain/booking/booking';
import { clientsLanguage } from '../../domain/booking/interpreting';
import { type Desk, isVisit } from '../../domain/desk';
import { inLanguage } from '../../domain/text';
import { directionsOf } from '../../domain/wordableTexts';
import { answerRows } from '../../presentation/answers';
import { bringTitle, itemsToBring, linesIn, type Printable, printed } from '../../presentation/deskText';
import { direction } from '../../presentation/direction';
import { deskTime, languageName } from '../../presentation/format';
import { qrCode } from '../../presentation/qrCode';
import type { Reader } from '../../presentation/texts';
import { topicOf } from './bookingRows';

interface Given {
  readonly booking: Booking;
  readonly desk: Desk;
  /** The client's manage link, if it may stand on the sheet. */
  readonly manageUrl?: string | undefined;
}

/**
 * Returns the sheet of paper about a booking, for `partials/sheet`, in the reader's language: what, when, where, with
 * whom if the client was told, what to bring, and the reference in large letters.
 */
export function sheetView({ booking, desk, manageUrl }: Given, reader: Reader) {
  const { locale, t } = reader;
  const at = deskTime(locale, desk.hours.timeZone);
  const topic = topicOf(booking, desk);
  const advisor = booking.tied ? desk.advisors.find(({ id }) => id === booking.advisorId)?.name : undefined;
  const row = (key: string, value: Printable | undefined): { label: Printable; value: Printable }[] =>
    value === undefined ? [] : [{ label: t(`booking.slip.${key}`), value }];
  return {
    lang: locale,
    dir: direction(locale),
    id: `sheet-${locale}`,
    desk: inLanguage(desk.name, locale),
    heading: t('booking.slip.heading'),
    reference: booking.reference,
    rows: [
      ...row('when', `${at.date(booking.time.start)}, ${at.span(booking.time)} (${at.zoneShort(booking.time.start)})`),
      ...row('name', booking.client.name),
      ...row('topic', printed(topic.name, locale)),
      ...row('language', languageName(locale, clientsLanguage(booking))),
      ...row('mode', t(`booking.slip.modeName.${booking.mode}`)),
      ...whereRows(booking, desk, reader),
      ...row('advisor', advisor),
      ...answerRows('client', topic, booking.answers, reader).map(({ key: label, value }) => ({ label, value })),
    ],
    referenceLabel: t('booking.slip.reference'),
    bringLabel: isVisit(booking.mode) ? t('booking.slip.bring') : bringTitle(booking.mode, t),
    bring: itemsToBring(topic, booking.mode, locale),
    linkLabel: t('booking.slip.link'),
    link: manageUrl,
    qr: manageUrl === undefined ? undefined : qrCode(manageUrl),
    change: t('booking.slip.change', { phone: desk.phone, email: desk.email }),
  };
}

/** Returns the address and how to get in, for who comes. */
function whereRows({ mode }: Booking, desk: Desk, { locale, t }: Reader) {
  if (!isVisit(mode)) return [];
  const { address } = desk;
  const directions = directionsOf(desk);
  const label = t('booking.slip.where');
  return [directions ? { label, lines: [address, ...linesIn(directions, locale)] } : { label, value: address }];
}
