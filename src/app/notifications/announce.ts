import type { Booking, BookingEvent } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { assertAllowed } from '../../domain/limits';
import { mailedFrom, merged } from '../../domain/notifications/merging';
import type { Composer } from '../ports/composer';
import type { Stores } from '../ports/storage';
import { nextMailTo } from './mailLimit';

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
 *
 * Of several changes that a client makes in a row, the mails about the last alone go out (`mailedFrom`): they take the place of those
 * that wait, and tell the way from what was told before.
 *
 * @throws DomainError `too-many-requests`, if the client's deed would cause one mail more than their address may get. Only a cancellation
 *   is made nevertheless, and taken back, and its mail waits: whoever gives a slot back must not be kept from it, and a calendar must hear
 *   of it one day. One takes the place of the other, so that no more than one of them waits.
 */
export async function announce(stores: Stores, compose: Composer, announcement: Announcement): Promise<void> {
  const { bookings, outbox } = stores;
  const { desk, booking, event, now } = announcement;
  // Whoever is reassigned keeps the time: what waits for the client stays as it is.
  const recipient = event.type === 'reassigned' ? 'staff' : undefined;
  const held = event.type === 'booked' ? null : await outbox.withdrawHeld(booking.id, recipient);
  const overtakes = event.type === 'cancelled' || event.type === 'restored';
  const { heard, cancellation } = overtakes
    ? await outbox.withdrawUnsent(booking.id)
    : { heard: true, cancellation: false };
  const calendar = heard || event.type !== 'cancelled';
  const telling = held ? merged(held, booking, event) : announcement;
  const { mayWait, clientFrom } = await whenToTell(stores, announcement);
  const waits = recipient && held ? held.holdUntil : mayWait;
  // Whose cancellation was taken back before anybody told them knows the booking as it was.
  const told = cancellation ? { ...toKnown(announcement), status: 'confirmed' as const } : toKnown(announcement);
  const known = waits > now ? (held ?? told) : undefined;

  let messages = 0;
  const composed = telling ? compose({ ...telling, desk, calendar, now }) : [];
  for (const message of composed) {
    if (recipient && message.recipient !== recipient) continue;
    const from = message.recipient === 'client' ? Math.max(waits, clientFrom) : waits;
    const entry = { deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, message, now };
    const holdUntil = from > now ? from : undefined;
    if (await outbox.queue({ ...entry, holdUntil, known })) messages++;
  }
  await bookings.record(event, messages);
}

/** `mayWait`: until when something may yet take the place of the mails; `clientFrom`: when the client's address may get its next one. */
async function whenToTell(
  stores: Stores,
  { desk, booking, event, now }: Announcement,
): Promise<{ mayWait: Instant; clientFrom: Instant }> {
  if (event.by.kind !== 'client') return { mayWait: now, clientFrom: now };
  const clientFrom = await nextMailTo(stores, { desk, booking, now });
  if (event.type !== 'cancelled' && event.type !== 'restored') assertAllowed('mails', clientFrom, now);
  const history = event.type === 'booked' ? [] : await stores.bookings.history(booking.id);
  return { mayWait: mailedFrom(history, event, now), clientFrom };
}

/** What everybody knows who is told of a change for the first time. */
function toKnown({ before, booking, event: { by } }: Announcement) {
  const { time, advisorId, tied, status } = before ?? booking;
  return { time, advisorId, tied, status, by };
}
