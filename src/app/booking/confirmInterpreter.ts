import type { Booking } from '../../domain/booking/booking';
import { confirmInterpreter as confirmed, type InterpreterKind } from '../../domain/booking/interpreting';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';
import { announce } from '../notifications/announce';
import { nameInTasks } from '../staff/settleFlag';
import { assertVersion } from './movePlan';

/** That an interpreter was found for a booking. */
interface ConfirmRequest {
  readonly bookingId: string;
  readonly kind: InterpreterKind;
  readonly name: string | null;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
}

type ConfirmInterpreter = (request: ConfirmRequest) => Promise<Booking>;

/**
 * Confirms a requested booking with its interpreter, invites the client, and finishes the task.
 *
 * @throws DomainError `booking-not-changeable`, `version-moved-on`, `not-found`, `forbidden`
 */
export function confirmInterpreter({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): ConfirmInterpreter {
  return async ({ bookingId, kind, name, who, ifVersion }) => {
    const [by, desk] = [{ by: actorOf(who), now: now() }, await deskOfBooking(storage, bookingId)];
    return storage.write(
      async (stores) => {
        const before = await stores.bookings.find(bookingId);
        if (!before) throw new DomainError('not-found');
        assertMayServeBooking(who, before);
        const { booking, event } = confirmed(before, { kind, name }, by);
        if (!event) return booking;
        assertVersion(before, ifVersion);
        await stores.bookings.save(booking);
        // Who interprets is no news to a client who is invited already.
        if (before.status === 'requested') {
          const change = { desk: await deskOf(stores, booking.deskId), booking, before, event, now: by.now };
          await announce(stores, mailFacts, change);
        } else await stores.bookings.record(event, 0);
        await stores.tasks.doneOf(booking.id, 'interpreter', nameInTasks(by.by), by.now);
        return booking;
      },
      { desk },
    );
  };
}
