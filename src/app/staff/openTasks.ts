import type { Booking } from '../../domain/booking/booking';
import { byUrgency } from '../../domain/booking/urgency';
import { lacksVideoLink } from '../../domain/booking/videoLink';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Stores } from '../ports/storage';
import { TASK_KINDS } from '../ports/tasks';

/** The kinds of tasks: those that are stored, and those that follow from a booking. */
export const OPEN_TASK_KINDS = [...TASK_KINDS, 'video_link'] as const;

/** A task about a booking. */
export interface OpenTask {
  readonly kind: (typeof OPEN_TASK_KINDS)[number];
  readonly booking: Booking;
  /**
   * The stored task, which can be marked as done; null if the task follows from the booking and exists until the
   * booking is changed.
   */
  readonly noted: { readonly id: string; readonly since: Instant } | null;
}

/** Lists the tasks of reception, the most urgent first: by the time from which they can no longer be done. */
export async function openTasks(
  { tasks, bookings }: Pick<Stores, 'tasks' | 'bookings'>,
  desk: Desk,
  now: Instant,
): Promise<OpenTask[]> {
  const noted = await Promise.all(
    (await tasks.open(desk.id)).map(async ({ id, kind, bookingId, createdAt }) => ({
      kind,
      booking: await bookings.find(bookingId),
      noted: { id, since: createdAt },
    })),
  );
  const withoutLink = (await bookings.withoutVideoLink(desk.id, now)).filter((each) => lacksVideoLink(each, desk, now));
  return byUrgency(
    [
      ...noted.flatMap(({ booking, ...task }) => (booking ? [{ ...task, booking }] : [])),
      ...withoutLink.map((booking) => ({ kind: 'video_link' as const, booking, noted: null })),
    ],
    now,
  );
}
