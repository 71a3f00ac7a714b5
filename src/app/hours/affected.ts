import type { Booking } from '../../domain/booking/booking';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';

/**
 * The result of a change of hours. A change cancels no booking: the bookings that it leaves outside the hours stay, and
 * reception gets a task for each. Bookings that are over are not listed.
 */
export interface Affected {
  readonly id: string;
  /** The version of the entry after the change. */
  readonly version: number;
  readonly desk: Desk;
  readonly affected: readonly Booking[];
}

/**
 * @throws DomainError `not-found` if there is no entry; `version-moved-on` if its version is not the one that the
 *   caller read (undefined allows any)
 */
export function assertSeen(
  entry: { readonly version: number } | undefined,
  ifVersion: number | undefined,
): asserts entry {
  if (!entry) throw new DomainError('not-found');
  if (ifVersion !== undefined && entry.version !== ifVersion) throw new DomainError('version-moved-on');
}
