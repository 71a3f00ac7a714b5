import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { AppDeps } from '../deps';
import { deskOfBooking } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { offeringAlternatives, type WantedSlot } from '../slots/alternatives';

/** A request about a booking. */
interface Request {
  readonly bookingId: string;
  readonly idempotency?: IdempotencyKey | undefined;
}

interface Deed<R extends Request> {
  /** Returns the slot that the booking is to have, to offer others if it is taken. */
  wanted(request: R, now: Instant): Promise<WantedSlot>;
  /** Does it in the transaction of `stores`, and returns the booking as it is then. */
  within(stores: Stores, request: R, now: Instant): Promise<Booking>;
}

/**
 * Does something that gives a booking a slot, in one transaction and once for each idempotency key. A refusal with
 * `slot-unavailable` says which other slots are free.
 */
export function needingSlot<R extends Request>(
  deps: Pick<AppDeps, 'storage' | 'now' | 'turn'>,
  deed: Deed<R>,
): (request: R) => Promise<IdempotentAnswer<Booking>> {
  const { storage, now } = deps;
  const offering = offeringAlternatives(deps);
  return (request) => {
    const at = now();
    return offering(
      () => deed.wanted(request, at),
      async () => {
        const desk = await deskOfBooking(storage, request.bookingId);
        return idempotently({ write: storage.write, now: at, desk }, request.idempotency, (stores) =>
          deed.within(stores, request, at),
        );
      },
    );
  };
}
