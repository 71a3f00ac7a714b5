import type { Booking } from '../../domain/booking/booking';
import { notChangeable } from '../../domain/booking/change';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import { assertVersion } from '../booking/movePlan';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';

/** A request to send the present invitation once more. */
interface SendAgain {
  readonly bookingId: string;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
}

/**
 * Sends the client the invitation as it is now, with the same SEQUENCE, after a mail was lost. A client without an
 * address gets none.
 *
 * @throws DomainError `booking-not-changeable` for a booking that is cancelled, over or not confirmed,
 *   `version-moved-on`, `not-found`, `forbidden`
 */
export function sendInvitationAgain({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): (request: SendAgain) => Promise<Booking> {
  return async ({ bookingId, who, ifVersion }) => {
    const [at, deskId] = [now(), await deskOfBooking(storage, bookingId)];
    return storage.write(
      async (stores) => {
        const booking = await stores.bookings.find(bookingId);
        if (!booking) throw new DomainError('not-found');
        assertMayServeBooking(who, booking);
        assertVersion(booking, ifVersion);
        if (booking.status !== 'confirmed') throw notChangeable(booking, 'status');
        if (booking.time.end <= at) throw notChangeable(booking, 'over');
        const desk = await deskOf(stores, booking.deskId);
        const occasion = { desk, booking, before: null, event: { type: 'invited_again' as const }, calendar: true };
        for (const facts of mailFacts({ ...occasion, now: at }))
          await stores.outbox.queue({ deskId: desk.id, bookingId, sequence: booking.sequence, facts, now: at });
        return booking;
      },
      { desk: deskId },
    );
  };
}
