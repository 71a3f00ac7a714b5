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
 * heard of the booking, the notice goes out without a calendar part (a CANCEL for an unknown UID puzzles calendars). Who takes a
 * cancellation back overtakes it in the same way: what nobody tried to send is withdrawn, and the invitation goes out again.
 */
export async function announce(
  { bookings, outbox }: Stores,
  compose: Composer,
  { desk, booking, before, event, now }: Announcement,
): Promise<void> {
  const overtakes = event.type === 'cancelled' || event.type === 'restored';
  const heard = overtakes ? (await outbox.withdrawUnsent(booking.id)).heard : true;
  const calendar = heard || event.type !== 'cancelled';
  let messages = 0;
  for (const message of compose({ desk, booking, before, event, calendar, now }))
    if (await outbox.queue({ deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, message, now }))
      messages++;
  await bookings.record(event, messages);
}
