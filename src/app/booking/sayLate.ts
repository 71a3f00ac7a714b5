import type { Booking } from '../../domain/booking/booking';
import { sayLate as late } from '../../domain/booking/lateness';
import type { Minutes } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import { actorOf, CLIENT } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { deskOfBooking } from '../desks/deskOf';

type SayLate = (request: { readonly bookingId: string; readonly minutes: Minutes | null }) => Promise<Booking>;

/**
 * Tells reception that the client of a booking comes so many minutes later; null: on time after all. Nobody is mailed: it concerns this hour.
 *
 * @throws DomainError `booking-not-changeable`, `not-found`
 */
export function sayLate({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): SayLate {
  return async ({ bookingId, minutes }) => {
    const [by, desk] = [{ by: actorOf(CLIENT), now: now() }, await deskOfBooking(storage, bookingId)];
    return storage.write(
      async ({ bookings }) => {
        const before = await bookings.find(bookingId);
        if (!before) throw new DomainError('not-found');
        const { booking, event } = late(before, minutes, by);
        if (!event) return booking;
        await bookings.save(booking);
        await bookings.record(event, 0);
        return booking;
      },
      { desk },
    );
  };
}
