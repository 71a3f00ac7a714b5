import { type Booking, printLink } from '../../domain/booking/booking';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOfBooking } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';

/** A request to print the manage link of a booking. */
interface PrintLinkRequest {
  readonly bookingId: string;
  readonly who: Caller;
  readonly idempotency?: IdempotencyKey | undefined;
}

type PrintManageLink = (request: PrintLinkRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Records that staff printed the client's manage link, for a client without a mail address. A person with the link can
 * do everything that the client can, so the history says who printed it and when. The booking does not change. The page
 * that shows the link derives it; it is not stored.
 *
 * @throws DomainError `booking-not-changeable` if the booking can no longer be changed by the link, `not-found`, `forbidden`
 */
export function printManageLink({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): PrintManageLink {
  return async ({ bookingId, who, idempotency }) => {
    const [at, desk] = [now(), await deskOfBooking(storage, bookingId)];
    return idempotently({ write: storage.write, now: at, desk }, idempotency, async ({ bookings }) => {
      const booking = await bookings.find(bookingId);
      if (!booking) throw new DomainError('not-found');
      assertMayServeBooking(who, booking);
      await bookings.record(printLink(booking, { by: actorOf(who), now: at }), 0);
      return booking;
    });
  };
}
