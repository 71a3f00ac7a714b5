import type { Booking } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody } from '../../domain/booking/outsideHours';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Stores } from '../ports/storage';

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

/** Returns the bookings ahead that a change would leave without hours or somebody, and that have both before it. */
export async function losingTheirPlace(
  { bookings, desks }: Pick<Stores, 'bookings' | 'desks'>,
  { before, after, now }: { readonly before: Desk; readonly after: Desk; readonly now: Instant },
): Promise<Booking[]> {
  const within = await bookings.within(before.id, { start: now, end: Number.MAX_SAFE_INTEGER });
  const ahead = within.filter((booking) => isUpcoming(booking, now));
  const absences = await desks.absences(before.id, hull(ahead.map(({ time }) => time)));
  const outside = new Set(needingSomebody({ desk: before, absences }, ahead, now).map(({ booking }) => booking.id));
  return needingSomebody({ desk: after, absences }, ahead, now)
    .map(({ booking }) => booking)
    .filter(({ id }) => !outside.has(id));
}
