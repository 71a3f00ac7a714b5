import type { Instant } from '../../domain/calendar/interval';
import type { BookingStore } from './bookingStore';
import type { DeskStore } from './deskStore';
import type { IdempotencyKeys } from './idempotencyKeys';
import type { JobStore } from './jobStore';
import type { LinkKeys } from './linkKeys';
import type { Outbox } from './outbox';
import type { RateLimits } from './rateLimits';
import type { RetentionStore } from './retention';
import type { DeskSnapshot } from './snapshot';
import type { StaffStore } from './staffStore';
import type { TaskStore } from './tasks';
import type { UnmetDemand } from './unmetDemand';

/** Everything that is kept, by what it is about. */
export interface Stores {
  readonly desks: DeskStore;
  readonly bookings: BookingStore;
  readonly outbox: Outbox;
  readonly tasks: TaskStore;
  readonly staff: StaffStore;
  readonly keys: IdempotencyKeys;
  readonly jobs: JobStore;
  readonly limits: RateLimits;
  readonly demand: UnmetDemand;
  readonly retention: RetentionStore;
  readonly linkKeys: LinkKeys;
  /** What a search at the desk depends on. In a transaction: as the transaction sees it now, so it is asked for anew after each change. */
  readonly snapshot: (deskId: string) => Promise<DeskSnapshot>;
}

/**
 * Everything that `work` does through its stores happens at once or not at all, and nobody else writes in between; with `desk`,
 * nobody else writes at that desk, so that desks do not wait for one another where the database can tell them apart.
 * `work` may run again, and must do nothing but load, decide and save: no mail, no HTTP, and no other stores than its own.
 *
 * @throws DomainError `unavailable` if the database cannot be reached. If that happens while it commits, nobody knows whether
 *   the work was done: whoever repeats it needs an idempotency key.
 */
export type Write = <T>(work: (stores: Stores) => Promise<T>, at?: { readonly desk: string }) => Promise<T>;

/** The database. Its own stores are for reading; every change goes through `write` or `atomically`. */
export interface Storage extends Stores {
  /** Those of all desks, by id. The same array as long as they are the same objects. */
  snapshots(): Promise<readonly DeskSnapshot[]>;
  readonly write: Write;
  /**
   * Like `write`, at once or not at all, but others may write in between: for work that one statement decides, such as a counter,
   * a claim or a session. Nobody waits for it, and it waits for nobody.
   */
  readonly atomically: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;
  /**
   * How far clocks in `zone` are ahead of UTC at these instants, in minutes, by the database's own time zone data; null for a zone that it
   * does not know. Null where it has none, as SQLite.
   */
  zoneOffsets(zone: string, instants: readonly Instant[]): Promise<readonly (number | null)[] | null>;
  /** @throws if the database cannot be reached */
  ping(): Promise<void>;
  close(): Promise<void>;
}
