import type { Booking } from '../../domain/booking/booking';
import { byUrgency } from '../../domain/booking/urgency';
import { lacksVideoLink } from '../../domain/booking/videoLink';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Stores } from '../ports/storage';
import type { TaskKind } from '../ports/tasks';

/** What is to be done about a booking. */
export interface OpenTask {
  readonly kind: TaskKind | 'video_link';
  readonly booking: Booking;
  /** As it was noted, to be noted as done; null: it follows from the booking, and is there until that is put right. */
  readonly noted: { readonly id: string; readonly since: Instant } | null;
}

/** What reception has to do because the program cannot, in the order in which it becomes too late. */
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
