import type { Instant } from '../../domain/calendar/interval';

export const TASK_KINDS = ['mail_failed', 'outside_hours', 'call', 'interpreter', 'declined'] as const;
type TaskKind = (typeof TASK_KINDS)[number];

/**
 * A task that reception has to do, because the program cannot. `mail_failed`: the client must be phoned.
 * `outside_hours`: hours or an absence were changed at the time of the booking, and it must be moved or confirmed with
 * client and advisor. `call`: staff moved the booking, and the client is to be told by phone.
 * `interpreter`: a client asks for one, who is to be found and confirmed before the request lapses.
 * `declined`: the client's calendar has declined the invitation or asked for another time, and the client was asked by
 * mail what that means.
 */
export interface Task {
  readonly id: string;
  readonly deskId: string;
  readonly bookingId: string;
  readonly kind: TaskKind;
  readonly createdAt: Instant;
}

/** Stores reception's tasks. */
export interface TaskStore {
  /** Adds a task, unless the booking has an open one of the same kind. */
  add(task: Task): Promise<void>;
  /** Returns the open tasks of a desk, oldest first. */
  open(deskId: string): Promise<Task[]>;
  /** Finishes a task. @returns `false` if the desk has no such open task */
  done(deskId: string, id: string, by: string, now: Instant): Promise<boolean>;
  /** Finishes the booking's open task of this kind. @returns `false` if there is none */
  doneOf(bookingId: string, kind: TaskKind, by: string, now: Instant): Promise<boolean>;
  /** Tells whether the booking has an open task of this kind. */
  isOpen(bookingId: string, kind: TaskKind): Promise<boolean>;
  /** Returns the ids of the desk's bookings that have or had a task of this kind. */
  bookingsWith(deskId: string, kind: TaskKind): Promise<ReadonlySet<string>>;
}
