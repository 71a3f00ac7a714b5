import type { Booking } from '../../domain/booking/booking';
import { type Outside, outsideHours } from '../../domain/booking/outsideHours';
import { hull } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Stores } from '../ports/storage';
import type { OpenTask } from './openTasks';

/**
 * Returns why nobody attends, for the bookings with that task; a booking that fits again has none. It includes bookings
 * that are over, because their task stays until somebody marks it as done.
 */
export async function whyOutside(
  { desks }: Pick<Stores, 'desks'>,
  desk: Desk,
  tasks: readonly OpenTask[],
): Promise<ReadonlyMap<Booking, Outside>> {
  const outside = tasks.filter(({ kind }) => kind === 'outside_hours').map(({ booking }) => booking);
  if (outside.length === 0) return new Map();
  const absences = await desks.absences(desk.id, hull(outside.map(({ time }) => time)));
  return new Map(outsideHours({ desk, absences }, outside).map(({ booking, why }) => [booking, why]));
}
