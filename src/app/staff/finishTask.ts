import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayChangeHours, assertMayServeBooking, assertSeesDesk } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { nameInTasks } from './settleFlag';

type FinishTask = (task: { who: Caller; deskId: string; id: string }) => Promise<void>;

/**
 * Marks a task as done. Doing so twice is the same as once, also when two people do it at the same time.
 *
 * @throws DomainError `not-found` for a desk that is not theirs, `forbidden` if they may not change the booking that the
 *   task is about, or the hours, if it is about missing starts
 */
export function finishTask({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): FinishTask {
  return async ({ who, deskId, id }) => {
    assertSeesDesk(who, deskId);
    await storage.write(
      async ({ tasks, bookings, openStarts }) => {
        const task = (await tasks.open(deskId)).find((each) => each.id === id);
        const booking = task && (await bookings.find(task.bookingId));
        if (booking) assertMayServeBooking(who, booking);
        const by = nameInTasks(actorOf(who));
        if (task) await tasks.done(deskId, id, by, now());
        if (!(await openStarts.open(deskId)).some((each) => each.id === id)) return;
        assertMayChangeHours(who, deskId);
        await openStarts.done(deskId, id, by, now());
      },
      { desk: deskId },
    );
  };
}
