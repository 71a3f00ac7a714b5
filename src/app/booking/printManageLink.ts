import { type Actor, type Booking, printLink } from '../../domain/booking/booking';
import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { deskOfBooking } from '../desks/deskOf';
import { type Answer, type IdempotencyKey, idempotently } from '../idempotently';

/** Which booking's link is handed out, and by whom. */
export interface PrintLinkRequest {
  readonly bookingId: string;
  readonly by: Actor;
  readonly idempotency?: IdempotencyKey | undefined;
}

export type PrintManageLink = (request: PrintLinkRequest) => Promise<Answer<Booking>>;

/**
 * Lets staff print the client's link, for somebody without a mail address. Whoever has the link can do what the client can, so the
 * history says who printed it and when. The booking itself stays as it is; the link is made by whoever shows it, and is stored nowhere.
 *
 * @throws DomainError `booking-not-changeable` where the link would open nothing that can still be changed, `not-found`
 */
export function printManageLink({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): PrintManageLink {
  return async ({ bookingId, by, idempotency }) => {
    const [at, desk] = [now(), await deskOfBooking(storage, bookingId)];
    return idempotently({ write: storage.write, now: at, desk }, idempotency, async ({ bookings }) => {
      const booking = await bookings.find(bookingId);
      if (!booking) throw new DomainError('not-found');
      await bookings.record(printLink(booking, { by, now: at }), 0);
      return booking;
    });
  };
}
