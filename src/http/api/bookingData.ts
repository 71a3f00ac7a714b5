import type { MailOfBooking } from '../../app/ports/outbox';
import type { BookingReply } from '../../app/ports/replies';
import type { Booking, BookingEvent } from '../../domain/booking/booking';
import { toIso } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import type { WaitingEntry } from '../../domain/waiting/entry';
import { bookingJson, historyJson, type Json, type Links } from './present';
import { repliesJson } from './presentMails';
import { waitingDataJson } from './presentWaiting';
import type * as schema from './schemas';

/** Returns all that is stored of a booking, for its client. Members of staff stay unnamed. */
export function bookingDataJson(
  booking: Booking,
  desk: Desk,
  {
    links,
    history,
    mails,
    replies,
    waiting,
  }: {
    links: Links;
    history: readonly BookingEvent[];
    mails: readonly MailOfBooking[];
    replies: readonly BookingReply[];
    /** The entries of the waiting list that have to do with it. */
    waiting: readonly WaitingEntry[];
  },
): Json<typeof schema.BookingData> {
  const zone = desk.hours.timeZone;
  return {
    ...bookingJson(booking, desk, links),
    onBehalfOf: booking.onBehalfOf,
    answers: { ...booking.answers },
    source: booking.source,
    follows: booking.follows,
    outcome: booking.outcome?.kind ?? null,
    group: booking.outcome?.group ?? null,
    createdAt: toIso(booking.createdAt, zone),
    changedAt: toIso(booking.changedAt, zone),
    history: historyJson(history, zone).map(({ from: _place, by, ...event }) => ({
      ...event,
      by: { kind: by.kind, name: null },
    })),
    replies: repliesJson(replies, zone),
    waitingList: waiting.map((entry) => waitingDataJson(entry, zone)),
    mails: mails.map(({ kind, recipient, state, at, bounced }) => ({
      kind,
      to: recipient === 'client' ? ('client' as const) : ('staff' as const),
      state,
      at: toIso(at, zone),
      ...(bounced && { reported: { status: bounced.status, reason: bounced.reason, at: toIso(bounced.at, zone) } }),
    })),
  };
}
