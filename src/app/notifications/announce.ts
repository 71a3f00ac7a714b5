import type { Booking, BookingEvent } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Composer } from '../ports/composer';
import type { Stores } from '../ports/storage';

/** A change that was decided, with all that its mails need. */
export interface Announcement {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: BookingEvent;
  readonly now: Instant;
}

/**
 * Writes the change into the booking's history and its mails into the outbox, in the transaction of the change.
 *
 * A cancellation overtakes invitations that nobody has tried to send: those are withdrawn, and if the client's calendar never
 * heard of the booking, the notice goes out without a calendar part (a CANCEL for an unknown UID puzzles calendars).
 */
export async function announce(
  { bookings, outbox }: Stores,
  compose: Composer,
  { desk, booking, before, event, now }: Announcement,
): Promise<void> {
  const heard = event.type === 'cancelled' ? (await outbox.withdrawUnsent(booking.id)).heard : true;
  let messages = 0;
  for (const message of compose({ desk, booking, before, event, calendar: heard, now }))
    if (await outbox.queue({ deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, message, now }))
      messages++;
  await bookings.record(event, messages);
}
