import type { Instant } from '../../domain/calendar/interval';

export type TaskKind = 'mail_failed' | 'outside_hours';

/**
 * Something that reception has to do, because the program cannot. `mail_failed`: the client must be phoned.
 * `outside_hours`: hours or an absence were changed over the booking, and it must be moved or agreed upon.
 */
export interface Task {
  readonly id: string;
  readonly deskId: string;
  readonly bookingId: string;
  readonly kind: TaskKind;
  readonly createdAt: Instant;
}

/** Reception's list of what is to be done by hand. */
export interface TaskStore {
  /** A booking has one open task of a kind: a second says nothing new, and is not added. */
  add(task: Task): Promise<void>;
  /** Oldest first. */
  open(deskId: string): Promise<Task[]>;
  /** @returns false if there was no such open task at the desk */
  done(deskId: string, id: string, by: string, now: Instant): Promise<boolean>;
  /** As `done`, for the booking's open task of this kind. @returns false if there is none */
  doneOf(bookingId: string, kind: TaskKind, by: string, now: Instant): Promise<boolean>;
  /** The ids of the desk's bookings that have or had a task of this kind. */
  bookingsWith(deskId: string, kind: TaskKind): Promise<ReadonlySet<string>>;
}
