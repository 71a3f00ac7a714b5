import type { Booking, BookingEvent } from '../../domain/booking/booking';
import { DAY } from '../../domain/calendar/dates';
import { type Instant, MINUTE } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { CollectMailFacts } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';
import { nextStarts } from '../slots/nextStarts';

/** How long the mail waits, so that somebody who is late, or was noted by mistake, gets none. */
const MISSED_MAIL_WAIT_MS = 20 * MINUTE;
/** What is noted later than this after the consultation is for the figures, and nobody writes of it any more. */
const MISSED_MAIL_WITHIN_MS = 2 * DAY;

/**
 * Queues the friendly mail to a client who did not come, with the next free starts, once for a booking; if that was not
 * so after all, it is withdrawn. Nothing about the client is kept or counted for it.
 */
export async function tellMissed(
  stores: Pick<Stores, 'outbox' | 'snapshot'>,
  mailFacts: CollectMailFacts,
  { desk, booking, event, now }: { desk: Desk; booking: Booking; event: BookingEvent; now: Instant },
): Promise<void> {
  await stores.outbox.withdrawOutdated(booking.id, event.type);
  if (event.type !== 'no_show' || !desk.missedMail || booking.client.email === null) return;
  if (booking.source === 'walk_in' || now > booking.time.end + MISSED_MAIL_WITHIN_MS) return;
  const told = await stores.outbox.ofBooking(booking.id);
  if (told.some(({ kind, state }) => kind === 'missed' && state !== 'withdrawn')) return;
  const freeTimes = await nextStarts(stores, { desk, booking, now });
  const holdUntil = now + MISSED_MAIL_WAIT_MS;
  for (const facts of mailFacts({
    desk,
    booking,
    before: null,
    event: { type: 'missed' },
    calendar: false,
    now,
    freeTimes,
  }))
    await stores.outbox.queue({
      ...{ deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, facts, now, holdUntil },
    });
}
