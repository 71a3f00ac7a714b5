import type { Booking } from '../../domain/booking/booking';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';

/**
 * A change of hours cancels nothing by itself: the bookings that it touches stay until someone moves them, and reception has a task
 * for each. Those that are over are not among them.
 */
export interface Affected {
  readonly id: string;
  /** Of the entry, as it is now. */
  readonly version: number;
  readonly desk: Desk;
  readonly affected: readonly Booking[];
}

/** @throws DomainError `not-found` if there is no such entry; `version-moved-on` if it is not the one that was seen (undefined: any) */
export function assertSeen(
  entry: { readonly version: number } | undefined,
  ifVersion: number | undefined,
): asserts entry {
  if (!entry) throw new DomainError('not-found');
  if (ifVersion !== undefined && entry.version !== ifVersion) throw new DomainError('version-moved-on');
}
