import type { Booking } from '../../domain/booking/booking';
import { localDate, localTime } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { paths, url } from '../paths';
import type { Words } from './words';

/** One booking in a list. `localStart` and `localEnd` are times on the desk's clock, whatever the clock of the browser. */
export function bookingLine(
  booking: Booking,
  desk: Desk,
  { words, needsSomebody = false }: { words: Words; needsSomebody?: boolean },
) {
  const zone = desk.hours.timeZone;
  return {
    href: url(paths.staffBooking, { id: booking.id }),
    reference: booking.reference,
    day: words.time.shortDay(booking.time.start),
    span: words.time.span(booking.time),
    localStart: `${localDate(booking.time.start, zone)}T${localTime(booking.time.start, zone)}`,
    localEnd: `${localDate(booking.time.end, zone)}T${localTime(booking.time.end, zone)}`,
    client: booking.client.name,
    language: words.language(booking.language),
    topic: words.topic(booking.topicId),
    mode: words.mode(booking.mode),
    advisor: words.advisor(booking.advisorId),
    ...words.state(booking, needsSomebody),
  };
}
