import type { Actor } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Stores } from '../ports/storage';

/**
 * Marks reception's task about a booking outside the hours as done, because moving or cancelling the booking has
 * settled it. Call it in the transaction of the change. It does nothing for a booking without such a task.
 */
export async function settleFlag(
  { tasks }: Pick<Stores, 'tasks'>,
  bookingId: string,
  { by, now }: { by: Actor; now: Instant },
): Promise<void> {
  await tasks.doneOf(bookingId, 'outside_hours', nameInTasks(by), now);
}

/** Who is noted as having done a task. */
export function nameInTasks(by: Actor): string {
  return by.kind === 'staff' ? by.name : by.kind;
}
