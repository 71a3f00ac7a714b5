import { assertChangeable, cancel } from '../../domain/booking/booking';
import { DomainError } from '../../domain/errors';
import { actorOf, CLIENT } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';
import { announce } from '../notifications/announce';
import { settleFlag } from '../staff/settleFlag';
import { forgetEntry } from '../waiting/leaveList';

type EraseBooking = (bookingId: string) => Promise<void>;

/**
 * Erases everything that is stored of a client's booking, for the client. A booking that is still ahead is cancelled
 * first, and its notice goes out; nothing else is mailed. What is left until then says when somebody was here, but not
 * who; a fact for the statistics replaces it with the next purge.
 *
 * @throws DomainError `booking-not-changeable` while the consultation is going on, `not-found`
 */
export function eraseBooking({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): EraseBooking {
  return async (bookingId) => {
    const [at, desk] = [now(), await deskOfBooking(storage, bookingId)];
    await storage.write(
      async (stores) => {
        const before = await stores.bookings.find(bookingId);
        if (!before) throw new DomainError('not-found');
        const by = { by: actorOf(CLIENT), now: at };
        const isOpen = ['requested', 'confirmed', 'checked_in'].includes(before.status) && at < before.time.end;
        if (isOpen) assertChangeable(before, by);
        const { booking, event } = isOpen ? cancel(before, { ...by, reason: null }) : { booking: before, event: null };
        if (event) {
          await stores.bookings.save(booking);
          await announce(stores, mailFacts, {
            desk: await deskOf(stores, booking.deskId),
            ...{ booking, before, event, now: at },
          });
          await settleFlag(stores, booking.id, by);
        }
        for (const entry of await stores.waiting.ofBooking(bookingId)) await forgetEntry(stores, entry);
        await stores.bookings.erase(bookingId, at);
      },
      { desk },
    );
  };
}
