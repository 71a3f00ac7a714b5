import type { Booking } from '../../../domain/booking/booking';
import { localDate, toIso } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import { type Words, wordsOf } from '../words';

/** Returns the head of every page about one booking: the client, the time and the state. */
export function bookingHead(
  { desk, booking, needsSomebody = false }: { desk: Desk; booking: Booking; needsSomebody?: boolean },
  reader: Reader,
) {
  const words = wordsOf(desk, reader);
  return {
    reference: booking.reference,
    client: booking.client.name,
    when: `${words.time.date(booking.time.start)}, ${words.time.span(booking.time)}`,
    iso: toIso(booking.time.start, desk.hours.timeZone),
    topic: words.topic(booking.topicId),
    language: words.spoken(booking),
    mode: words.mode(booking.mode),
    advisor: words.advisor(booking.advisorId),
    urgent: booking.urgent,
    version: booking.version,
    bookingHref: url(paths.staffBooking, { id: booking.id }),
    dayHref: url(paths.staffDay, { desk: desk.id, date: localDate(booking.time.start, desk.hours.timeZone) }),
    ...words.state(booking, needsSomebody),
  };
}

/** Returns a sentence on what the client is sent about a change, or on how to reach them without mail. */
export function noticeOf(booking: Booking, words: Words, { t }: Reader): string {
  const { name } = booking.client;
  const { email, phone } = reachOf(booking.client);
  if (email !== null) return t('staff.notice.mail', { name, email, language: words.mailLanguage(booking) });
  return phone === null ? t('staff.notice.nothing', { name }) : t('staff.notice.phone', { name, phone });
}
