import type { Booking } from '../../../../domain/booking/booking';
import type { LocalDate } from '../../../../domain/calendar/hours';
import { paths, url } from '../../../../paths';
import { dayName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import type { BookingAtDesk } from '../../desk';
import { bookingLine } from '../../line';
import { wordsOf } from '../../words';
import { bookingHead } from '../head';

interface Facts extends BookingAtDesk {
  readonly date: LocalDate;
  /** The bookings of the day with which an exchange is possible. */
  readonly found: readonly Booking[];
  /** The reference as it was typed. */
  readonly typed: string | undefined;
  /** What is wrong with the reference. */
  readonly wrong?: string;
}

/** Returns the choice of the booking with which this one is exchanged. */
export function exchangeView({ booking, desk, date, found, typed, wrong }: Facts, reader: Reader) {
  const words = wordsOf(desk, reader);
  return {
    ...bookingHead({ desk, booking }, reader),
    title: reader.t('staff.exchange.title'),
    action: url(paths.staffExchange, { id: booking.id }),
    moveHref: url(paths.staffMove, { id: booking.id }),
    date,
    day: dayName(reader.locale, date),
    found: found.map((other) => ({
      ...bookingLine(other, desk, { words }),
      href: url(paths.staffExchange, { id: booking.id }, { with: other.id }),
    })),
    typed,
    typedForm: 'exchange',
    typedError: wrong,
    errors: wrong === undefined ? undefined : [{ href: '#reference', text: wrong }],
  };
}
