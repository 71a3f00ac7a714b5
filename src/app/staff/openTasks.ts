import type { Booking } from '../../domain/booking/booking';
import { lapsesAt } from '../../domain/booking/interpreting';
import { OUTCOME_ASKED_DAYS, outcomeAskedFrom, outcomeAskedUntil } from '../../domain/booking/outcome';
import { byUrgency } from '../../domain/booking/urgency';
import { lacksVideoLink } from '../../domain/booking/videoLink';
import { DAY } from '../../domain/calendar/dates';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Stores } from '../ports/storage';
import { TASK_KINDS } from '../ports/tasks';

/** The kinds of tasks: those that are stored, and those that follow from a booking. */
export const OPEN_TASK_KINDS = [...TASK_KINDS, 'video_link', 'outcome'] as const;

/** A task about a booking. */
export interface OpenTask {
  readonly kind: (typeof OPEN_TASK_KINDS)[number];
  readonly booking: Booking;
  /**
   * The stored task, which can be marked as done; null if the task follows from the booking and exists until the
   * booking is changed.
   */
  readonly noted: { readonly id: string; readonly since: Instant } | null;
  /**
   * From then on it is too late: the start of the consultation, the end of the time to find an interpreter, or when nobody asks for the
   * outcome any more.
   */
  readonly due: Instant;
}

/** Lists the tasks of reception, the most urgent first: by the time from which they can no longer be done. */
export async function openTasks(
  { tasks: stored, bookings }: Pick<Stores, 'tasks' | 'bookings'>,
  desk: Desk,
  now: Instant,
): Promise<OpenTask[]> {
  const noted = await Promise.all(
    (await stored.open(desk.id)).map(async ({ id, kind, bookingId, createdAt }) => ({
      kind,
      booking: await bookings.find(bookingId),
      noted: { id, since: createdAt },
    })),
  );
  const withoutLink = (await bookings.withoutVideoLink(desk.id, now)).filter((each) => lacksVideoLink(each, desk, now));
  const asked = { start: now - OUTCOME_ASKED_DAYS * DAY, end: now };
  const withoutOutcome = await bookings.withoutOutcome(desk.id, asked);
  const tasks = [
    ...noted.flatMap(({ booking, ...task }) => (booking ? [{ ...task, booking }] : [])),
    ...withoutLink.map((booking) => ({ kind: 'video_link' as const, booking, noted: null })),
    ...withoutOutcome
      .filter((booking) => outcomeAskedFrom(booking, desk) <= now)
      .map((booking) => ({ kind: 'outcome' as const, booking, noted: null })),
  ];
  return byUrgency(
    tasks.map((task) => ({ ...task, due: dueOf(task, desk) })),
    now,
  );
}

function dueOf({ kind, booking }: Pick<OpenTask, 'kind' | 'booking'>, desk: Desk): Instant {
  if (kind === 'outcome') return outcomeAskedUntil(booking);
  return kind === 'interpreter' ? lapsesAt(booking.time.start, desk) : booking.time.start;
}
