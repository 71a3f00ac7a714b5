import type { Outbox } from '../../app/ports/outbox';
import type { Booking, BookingEvent } from '../../domain/booking/booking';
import { toIso } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { bookingJson, historyJson, type Json, type Links } from './present';
import type * as schema from './schemas';

/** Returns all that is stored of a booking, for its client. Members of staff stay unnamed. */
export function bookingDataJson(
  booking: Booking,
  desk: Desk,
  { links, history, mails }: { links: Links; history: readonly BookingEvent[]; mails: readonly Mailed[] },
): Json<typeof schema.BookingData> {
  const zone = desk.hours.timeZone;
  return {
    ...bookingJson(booking, desk, links),
    onBehalfOf: booking.onBehalfOf,
    answers: { ...booking.answers },
    source: booking.source,
    createdAt: toIso(booking.createdAt, zone),
    changedAt: toIso(booking.changedAt, zone),
    history: historyJson(history, zone).map(({ from: _place, by, ...event }) => ({
      ...event,
      by: { kind: by.kind, name: null },
    })),
    mails: mails.map(({ kind, recipient, state, at }) => ({
      kind,
      to: recipient === 'client' ? ('client' as const) : ('staff' as const),
      state,
      at: toIso(at, zone),
    })),
  };
}

type Mailed = Awaited<ReturnType<Outbox['ofBooking']>>[number];
