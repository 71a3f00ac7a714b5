import type { Booking } from '../../domain/booking/booking';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { mailRates, nextAllowed } from '../../domain/limits';
import type { Stores } from '../ports/storage';

/** As far back as mails count. */
const MAX_LIMIT_WINDOW_MS = 24 * HOUR;

/**
 * When the client's address may get one more mail from this desk: now, or later. All its mails count, also those that staff caused, and
 * those that wait for their hour; not what waits about this booking alone, whose place the next one takes.
 */
export async function nextMailTo(
  { outbox }: Pick<Stores, 'outbox'>,
  { desk, booking, now }: { desk: Desk; booking: Booking; now: Instant },
): Promise<Instant> {
  const { email } = booking.client;
  if (email === null) return now;
  const times = await outbox.mailedTo(desk.id, email, now - MAX_LIMIT_WINDOW_MS, booking.id);
  return Math.max(now, ...mailRates(desk.limits).map((rate) => nextAllowed(times, rate, now)));
}
