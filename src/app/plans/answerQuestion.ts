import { happened } from '../../domain/booking/change';
import { isUpcoming } from '../../domain/booking/outsideHours';
import { DomainError } from '../../domain/errors';
import { actorOf, CLIENT } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { deskOfBooking } from '../desks/deskOf';

/** Notes that the new time fits, for the client who was asked. Answering twice is the same as once. */
export function acceptTime({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): (bookingId: string) => Promise<void> {
  return async (bookingId) => {
    const desk = await deskOfBooking(storage, bookingId);
    await storage.write(
      async ({ bookings, plans }) => {
        const [booking, question] = [await bookings.find(bookingId), await plans.question(bookingId)];
        if (!booking) throw new DomainError('not-found');
        if (question?.version !== booking.version || !(await plans.settle(bookingId))) return;
        await bookings.record(happened('time_accepted', booking, { by: actorOf(CLIENT), now: now() }), 0);
      },
      { desk },
    );
  };
}

/** Gives reception the task to call each client who was asked and has not answered in time. */
export function callUnanswered({
  storage,
  now,
  ids,
}: Pick<AppDeps, 'storage' | 'now' | 'ids'>): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    for (const { bookingId, deskId, version } of await storage.plans.unanswered(now())) {
      if (signal.aborted) return;
      await storage.write(
        async ({ bookings, plans, tasks }) => {
          const booking = await bookings.find(bookingId);
          const wasOpen = await plans.settle(bookingId);
          if (!wasOpen || booking?.version !== version || !isUpcoming(booking, now())) return;
          await tasks.add({ id: ids.uuid(), deskId, bookingId, kind: 'call', createdAt: now() });
        },
        { desk: deskId },
      );
    }
  };
}
