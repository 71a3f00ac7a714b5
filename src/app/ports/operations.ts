import type { StaffOperation } from '../../domain/booking/operation';
import type { Instant } from '../../domain/calendar/interval';

/** Stores what staff did together, so that it can be undone. Operations are kept for a day. */
export interface OperationStore {
  /** Adds an operation with at least one line. */
  add(operation: StaffOperation): Promise<void>;
  find(id: string): Promise<StaffOperation | undefined>;
  /** Returns the last operation that moved this booking because it was asked for. */
  lastOf(bookingId: string): Promise<StaffOperation | undefined>;
  /** Notes that an operation was undone. @returns `false` if it was undone before */
  markUndone(id: string, now: Instant): Promise<boolean>;
}
