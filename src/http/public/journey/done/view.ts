import type { Booking } from '../../../../domain/booking/booking';
import { clientsLanguage } from '../../../../domain/booking/interpreting';
import { toIso } from '../../../../domain/calendar/zone';
import type { Desk } from '../../../../domain/desk';
import type { Invitation } from '../../../../domain/notifications/invitation';
import { absolute, paths, url } from '../../../../paths';
import { bringTitle, itemsToBring } from '../../../../presentation/deskText';
import { deskTime } from '../../../../presentation/format';
import { qrCode } from '../../../../presentation/qrCode';
import { reachOf } from '../../../../presentation/reach';
import type { Reader } from '../../../../presentation/texts';
import { webCalendars } from '../../../../presentation/webCalendars';
import { bookingRows, printRows, topicOf } from '../../../pages/bookingRows';
import { partnersView } from '../../../pages/partnersView';
import { sheetView } from '../../../pages/sheet';
import { journeyUrl } from '../journey';
import { requestText } from '../journeyView';

interface Given {
  readonly booking: Booking;
  readonly desk: Desk;
  /** The secret of the booking's manage link. */
  readonly token: string;
  readonly baseUrl: string;
  /** The entry for the client's calendar. */
  readonly entry: Invitation;
}

/**
 * Returns what was booked, with the ways into a calendar and to manage or forget it. On paper it is said in German, too,
 * because others here may read it.
 *
 * @param house a German reader
 */
export function doneView({ booking, desk, token, baseUrl, entry }: Given, reader: Reader, house: Reader) {
  const { locale, t } = reader;
  const { timeZone } = desk.hours;
  const at = deskTime(locale, timeZone);
  const isRequest = booking.status === 'requested';
  const manageHref = url(paths.manage, { token }, { lang: locale });
  return {
    title: t(isRequest ? 'booking.interpreter.done' : 'booking.done.title'),
    isRequest,
    what: isRequest ? requestText({ language: clientsLanguage(booking), interpreter: true }, reader) : undefined,
    reference: booking.reference,
    when: at.dateAndSpan(booking.time),
    start: toIso(booking.time.start, timeZone),
    timeZone,
    zone: `${at.zoneName(booking.time.start)} (${timeZone})`,
    mailTo: reachOf(booking.client).email,
    correctHref: `${url(paths.correctBooking, { token }, { lang: locale })}#email`,
    rows: bookingRows(booking, desk, reader).slice(1),
    printRows: printRows(booking, desk, reader),
    bringTitle: bringTitle(booking.mode, reader.t),
    bring: itemsToBring(topicOf(booking, desk), booking.mode, locale),
    german: locale === house.locale ? undefined : sheetView({ booking, desk }, house),
    manageHref,
    qr: qrCode(absolute(baseUrl, manageHref)),
    partners: partnersView(desk, topicOf(booking, desk), reader),
    forgetHref: url(paths.forget, { locale, desk: desk.id }),
    nextHref: booking.onBehalfOf ? nextHref(booking, desk, locale) : undefined,
    // Nothing is to be in a calendar that may not take place.
    ...(!isRequest && { calendarHref: url(paths.manageCalendar, { token }), webCalendars: webCalendars(entry) }),
  };
}

/** Returns the way to a booking of the same kind for the next one, with the same details. */
function nextHref(booking: Booking, desk: Desk, locale: string): string {
  const { language, mode } = booking;
  return journeyUrl('time', { locale, desk: desk.id }, { language, topic: topicOf(booking, desk), mode, same: true });
}
