import type { Booking } from '../../domain/booking/booking';
import { linkIsOpen } from '../../domain/booking/manageLink';
import { parseReference } from '../../domain/booking/reference';
import { parsePhone } from '../../fields/phone';
import type { AppDeps } from '../deps';

type FindByPhone = (request: {
  readonly deskId: string;
  readonly reference: string;
  readonly phone: string;
}) => Promise<Booking | undefined>;

/**
 * Finds a booking that was made with a phone number alone, by its reference and that number. Who has a mail address
 * gets their link mailed instead, so that a note with reference and number opens nothing. The result is undefined alike
 * if there is no such booking, if the number is another, and if its link would not open it any more.
 */
export function findByPhone({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): FindByPhone {
  return async ({ deskId, reference, phone }) => {
    const known = parseReference(reference);
    const booking = known && (await storage.bookings.findByReference(deskId, known));
    if (!booking || booking.client.email !== null || booking.client.phone === null) return undefined;
    return booking.client.phone === parsePhone(phone) && linkIsOpen(booking, now()) ? booking : undefined;
  };
}
