import type { Booking } from '../../../domain/booking/booking';
import { takenSteps } from '../../../domain/cases/takenSteps';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { wordsOf } from '../words';
import type { CaseFacts } from './facts';

/** Returns the consultations of a case, and the client's other bookings, which are proposed for it. */
export function meetingsView({ desk, found, meetings, proposed }: CaseFacts, reader: Reader) {
  const words = wordsOf(desk, reader);
  const line = (booking: Booking) => ({
    href: url(paths.staffBooking, { id: booking.id }),
    ...words.state(booking),
    who: words.advisor(booking.advisorId),
  });
  const chain = found.meetings.map(({ bookingId, start, topicId }) => {
    const booking = meetings.get(bookingId);
    return {
      ...{ id: bookingId, when: words.time.dateAndTime(start), topic: words.topic(topicId) },
      booking: booking && line(booking),
      take: booking?.outcome ? takeText(takenSteps(booking.outcome, found, desk.partners).length, reader) : undefined,
    };
  });
  const others = proposed.map((booking) => ({
    ...{ id: booking.id, when: words.time.dateAndTime(booking.time.start), topic: words.topic(booking.topicId) },
    booking: line(booking),
  }));
  return {
    meetings: chain.length > 0 ? chain : undefined,
    proposed: others.length > 0 ? others : undefined,
    newHref: url(paths.staffNewBooking, { desk: desk.id }),
  };
}

/** What was agreed there can be taken into the case, unless all of it stands in it. */
function takeText(count: number, { t }: Reader): string | undefined {
  return count > 0 ? t('cases.take', { count }) : undefined;
}
