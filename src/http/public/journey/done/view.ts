import type { Booking } from '../../../../domain/booking/booking';
import { toIso } from '../../../../domain/calendar/zone';
import { type Desk, toBring } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import { deskTime } from '../../../../presentation/format';
import { reachOf } from '../../../../presentation/reach';
import type { Reader } from '../../../../presentation/texts';
import { bookingRows, printRows, topicOf } from '../../../pages/bookingRows';

interface Given {
  readonly booking: Booking;
  readonly desk: Desk;
  /** The secret of the booking's manage link. */
  readonly token: string;
}

/** Returns what was booked, with its calendar file and the way to manage or forget it. */
export function doneView({ booking, desk, token }: Given, reader: Reader) {
  const { locale, t } = reader;
  const { timeZone } = desk.hours;
  const at = deskTime(locale, timeZone);
  return {
    title: t('booking.done.title'),
    reference: booking.reference,
    when: at.dateAndSpan(booking.time),
    start: toIso(booking.time.start, timeZone),
    timeZone,
    zone: `${at.zoneName(booking.time.start)} (${timeZone})`,
    mailTo: reachOf(booking.client).email,
    rows: bookingRows(booking, desk, reader).slice(1),
    printRows: printRows(booking, desk, reader),
    bring: toBring(topicOf(booking, desk), booking.mode, locale),
    manageHref: url(paths.manage, { token }, { lang: locale }),
    forgetHref: url(paths.forget, { locale, desk: desk.id }),
    calendarHref: url(paths.manageCalendar, { token }),
  };
}
