import type { Interval } from '../../domain/calendar/interval';
import type { WaitingOffer } from '../../domain/waiting/entry';
import type { Stores } from '../ports/storage';

/**
 * Gives up the start that was held for somebody, and withdraws the mail about it if it has not gone out.
 *
 * @returns the time that is free now
 */
export async function releaseOffer(
  { bookings, outbox }: Pick<Stores, 'bookings' | 'outbox'>,
  { holdId, time, mailId }: WaitingOffer,
): Promise<Interval> {
  await bookings.removeHold(holdId);
  if (mailId !== null) await outbox.withdrawMail(mailId);
  return time;
}
