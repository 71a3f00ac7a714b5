import type { BookingStore } from './bookingStore';
import type { DeskStore } from './deskStore';
import type { IdempotencyKeys } from './idempotencyKeys';
import type { Outbox } from './outbox';
import type { StaffStore } from './staffStore';
import type { TaskStore } from './tasks';

/** Everything that is kept, by what it is about. */
export interface Stores {
  readonly desks: DeskStore;
  readonly bookings: BookingStore;
  readonly outbox: Outbox;
  readonly tasks: TaskStore;
  readonly staff: StaffStore;
  readonly keys: IdempotencyKeys;
}

/**
 * Everything that `work` does through its stores happens at once or not at all, and nobody else writes in between.
 * `work` may run again, and must do nothing but load, decide and save: no mail, no HTTP, and no other stores than its own.
 */
export type Write = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;

/** The database. Its own stores are for reading; every change goes through `write`. */
export interface Storage extends Stores {
  readonly write: Write;
  /** @throws if the database cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
}
