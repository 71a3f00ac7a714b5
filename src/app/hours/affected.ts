import type { Booking } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody } from '../../domain/booking/outsideHours';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Stores } from '../ports/storage';
import type { ChangedAbsence } from './flagBookings';

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

/** A desk as it is and as it would be, and the absences that would be others. */
interface ProposedChange {
  readonly before: Desk;
  readonly after: Desk;
  readonly absences?: readonly ChangedAbsence[];
  readonly now: Instant;
}

/** Returns the bookings ahead that a change would leave without hours or somebody, and that have both before it. */
export async function losingTheirPlace(
  { bookings, desks }: Pick<Stores, 'bookings' | 'desks'>,
  { before, after, absences: changed = [], now }: ProposedChange,
): Promise<Booking[]> {
  const within = await bookings.within(before.id, { start: now, end: Number.MAX_SAFE_INTEGER });
  const ahead = within.filter((booking) => isUpcoming(booking, now));
  const absences = await desks.absences(before.id, hull(ahead.map(({ time }) => time)));
  const outside = new Set(needingSomebody({ desk: before, absences }, ahead, now).map(({ booking }) => booking.id));
  const left = absences.filter(({ id }) => changed.every(({ old }) => old?.id !== id));
  const then = [...left, ...changed.flatMap(({ absence }) => absence ?? [])];
  return needingSomebody({ desk: after, absences: then }, ahead, now)
    .map(({ booking }) => booking)
    .filter(({ id }) => !outside.has(id));
}
