import type { Booking } from '../../domain/booking/booking';
import { linkIsOpen } from '../../domain/booking/manageLink';
import type { AppDeps } from '../deps';

/**
 * Finds the booking that a manage link opens. The result is undefined alike for a link that is unknown, cut off,
 * changed in case, made with a secret that is no longer accepted, or used too long after the consultation.
 */
export async function behindLink(
  { storage, tokens, now }: Pick<AppDeps, 'storage' | 'tokens' | 'now'>,
  token: string,
): Promise<Booking | undefined> {
  const booking = await storage.bookings.findByToken(tokens.hash(token));
  return booking && tokens.opens(booking.id, token) && linkIsOpen(booking, now()) ? booking : undefined;
}
