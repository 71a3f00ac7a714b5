import { happened } from '../../domain/booking/change';
import { DomainError } from '../../domain/errors';
import { actorOf, CLIENT } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { deskOfBooking } from '../desks/deskOf';

/**
 * Notes that the client comes, though their calendar has declined. It settles the question, and changes nothing else;
 * answering twice is the same as once.
 */
export function keepBooking({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): (bookingId: string) => Promise<void> {
  return async (bookingId) => {
    const desk = await deskOfBooking(storage, bookingId);
    await storage.write(
      async ({ bookings, tasks }) => {
        const booking = await bookings.find(bookingId);
        if (!booking) throw new DomainError('not-found');
        const by = { by: actorOf(CLIENT), now: now() };
        if (!(await tasks.doneOf(bookingId, 'declined', 'client', by.now))) return;
        await bookings.record(happened('kept', booking, by), 0);
      },
      { desk },
    );
  };
}
