import { type Booking, cancel } from '../../domain/booking/booking';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayChangeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { announce } from '../notifications/announce';
import { otherTimes } from '../slots/otherTimes';
import { nameInTasks, settleFlag } from '../staff/settleFlag';
import { assertVersion } from './movePlan';

/** A request to cancel a booking. */
interface CancelRequest {
  readonly bookingId: string;
  readonly reason: string | null;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

type CancelBooking = (request: CancelRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Cancels a booking and frees its time at once. Cancelling twice is the same as cancelling once.
 *
 * @throws DomainError `booking-not-changeable`, `version-moved-on`, `not-found`, `forbidden`
 */
export function cancelBooking({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): CancelBooking {
  return async ({ bookingId, reason, who, ifVersion, idempotency }) => {
    const [at, by, desk] = [now(), actorOf(who), await deskOfBooking(storage, bookingId)];
    return idempotently({ write: storage.write, now: at, desk }, idempotency, async (stores) => {
      const before = await stores.bookings.find(bookingId);
      if (!before) throw new DomainError('not-found');
      assertMayChangeBooking(who, before);
      const { booking, event } = cancel(before, { by, now: at, reason });
      if (!event) return booking;
      assertVersion(before, ifVersion);
      await stores.bookings.save(booking);
      const change = { desk: await deskOf(stores, booking.deskId), booking, before, now: at };
      const freeTimes = await otherTimes(stores, { ...change, by });
      await announce(stores, mailFacts, { ...change, event, freeTimes });
      await settleFlag(stores, booking.id, { by, now: at });
      await stores.tasks.doneOf(booking.id, 'interpreter', nameInTasks(by), at);
      return booking;
    });
  };
}
