import type { Actor } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Stores } from '../ports/storage';

/**
 * Whoever moves or cancels a booking has seen to it that it lay outside the hours: reception's task is done with that.
 * Call it in the transaction of the change; a booking without such a task stays as it is.
 */
export async function settleFlag(
  { tasks }: Pick<Stores, 'tasks'>,
  bookingId: string,
  { by, now }: { by: Actor; now: Instant },
): Promise<void> {
  await tasks.doneOf(bookingId, 'outside_hours', by.kind === 'staff' ? by.name : by.kind, now);
}
