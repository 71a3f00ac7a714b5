import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { paths, url } from '../../paths';
import { videoStart } from './videoStart';
import type { Words } from './words';

/** Returns one booking in a list. */
export function bookingLine(
  booking: Booking,
  desk: Desk,
  { words, needsSomebody = false, now }: { words: Words; needsSomebody?: boolean; now?: Instant },
) {
  return {
    href: url(paths.staffBooking, { id: booking.id }),
    reference: booking.reference,
    day: words.time.shortDay(booking.time.start),
    span: words.time.span(booking.time),
    client: booking.client.name,
    language: words.spoken(booking),
    topic: words.topic(booking.topicId),
    mode: words.mode(booking.mode),
    advisor: words.advisor(booking.advisorId),
    video: now === undefined ? undefined : videoStart(booking, desk, now),
    ...words.state(booking, needsSomebody),
  };
}
