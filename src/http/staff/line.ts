import type { Booking } from '../../domain/booking/booking';
import { videoLinkOf, videoOpens } from '../../domain/booking/videoLink';
import type { Instant } from '../../domain/calendar/interval';
import { localDate, localTime } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { paths, url } from '../../paths';
import type { Words } from './words';

/**
 * Returns one booking in a list. `localStart` and `localEnd` are times on the desk's clock, whatever the clock of the
 * browser.
 */
export function bookingLine(
  booking: Booking,
  desk: Desk,
  { words, needsSomebody = false, now }: { words: Words; needsSomebody?: boolean; now?: Instant },
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
    video: now === undefined ? undefined : videoOf(booking, desk, now),
    ...words.state(booking, needsSomebody),
  };
}

/**
 * Returns the link that opens a video consultation, and from when on the desk's clock it is shown; a page that stays
 * open shows it then.
 */
function videoOf(booking: Booking, desk: Desk, now: Instant) {
  const href = videoLinkOf(booking, desk);
  if (href === null) return undefined;
  const opens = videoOpens(booking.time);
  const zone = desk.hours.timeZone;
  return {
    href,
    isOpen: opens.start <= now && now < opens.end,
    localFrom: `${localDate(opens.start, zone)}T${localTime(opens.start, zone)}`,
  };
}
