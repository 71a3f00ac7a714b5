import type { Booking } from '../../domain/booking/booking';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { mailRates, nextAllowed } from '../../domain/limits';
import type { Stores } from '../ports/storage';

/** How far back mails are counted. */
const MAX_LIMIT_WINDOW_MS = 24 * HOUR;

/**
 * Returns when the address of somebody else who is advised may get one more mail: whoever books may name any, so that
 * it is limited as the client's.
 */
export async function nextMailToPerson(
  { outbox }: Pick<Stores, 'outbox'>,
  { desk, address, now }: { desk: Desk; address: string; now: Instant },
): Promise<Instant> {
  return afterThose(await outbox.mailedToAddress(desk.id, address, now - MAX_LIMIT_WINDOW_MS), desk, now);
}

/**
 * Returns when the client's address may get one more mail from this desk: now or later. All its mails count, including
 * those that staff caused and those that wait because of the limit. Held mails about this booking do not count, because
 * the next one replaces them.
 */
export async function nextMailTo(
  { outbox }: Pick<Stores, 'outbox'>,
  { desk, booking, now }: { desk: Desk; booking: Booking; now: Instant },
): Promise<Instant> {
  const { email } = booking.client;
  if (email === null) return now;
  const times = await outbox.mailedTo(desk.id, email, now - MAX_LIMIT_WINDOW_MS, booking.id);
  return afterThose(times, desk, now);
}

function afterThose(times: readonly Instant[], desk: Desk, now: Instant): Instant {
  return Math.max(now, ...mailRates(desk.limits).map((rate) => nextAllowed(times, rate, now)));
}
