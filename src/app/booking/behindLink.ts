import type { Booking } from '../../domain/booking/booking';
import { linkIsOpen } from '../../domain/booking/manageLink';
import type { AppDeps } from '../deps';

/**
 * The booking that a manage link opens. Unknown, cut off, changed in case, made with a secret that counts no longer, or too long after the
 * consultation: all the same, undefined.
 */
export async function behindLink(
  { storage, tokens, now }: Pick<AppDeps, 'storage' | 'tokens' | 'now'>,
  token: string,
): Promise<Booking | undefined> {
  const booking = await storage.bookings.findByToken(tokens.hash(token));
  return booking && tokens.opens(booking.id, token) && linkIsOpen(booking, now()) ? booking : undefined;
}
