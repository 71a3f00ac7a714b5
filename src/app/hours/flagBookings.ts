import type { Booking } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody, type Unattended } from '../../domain/booking/outsideHours';
import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';
import { SYSTEM } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import type { Stores } from '../ports/storage';
import { settleFlag } from '../staff/settleFlag';

/** An absence before and after a change; null if it did not exist before, or does not exist any more. */
export interface ChangedAbsence {
  readonly old: Absence | null;
  readonly absence: Absence | null;
}

/** The hours before and after a change, and the time that the change concerns. */
interface ChangedHours {
  readonly before: Desk;
  readonly after: Desk;
  readonly absences?: readonly ChangedAbsence[];
  readonly range: Interval;
  readonly now: Instant;
}

/**
 * Adds a task for each future booking that the change left outside the hours, and closes the tasks of bookings that fit
 * again. A booking that was outside before and whose task is closed gets no new task. It runs in the transaction of the
 * change.
 *
 * @returns all future bookings that overlap the range and lie outside the hours now; `isNew` is `true` if they did not
 *   before
 */
export async function flagBookings(
  stores: Stores,
  { ids }: Pick<AppDeps, 'ids'>,
  { before, after, absences: changed = [], range, now }: ChangedHours,
): Promise<(Unattended<Booking> & { readonly isNew: boolean })[]> {
  const deskId = after.id;
  const bookings = (await stores.bookings.within(deskId, range)).filter((booking) => isUpcoming(booking, now));
  const absences = await stores.desks.absences(deskId, hull(bookings.map(({ time }) => time)));
  const outside = needingSomebody({ desk: after, absences }, bookings, now);
  const oldAbsences = [
    ...absences.filter(({ id }) => changed.every(({ absence }) => absence?.id !== id)),
    ...changed.flatMap(({ old }) => old ?? []),
  ];
  const outsideBefore = idsOf(needingSomebody({ desk: before, absences: oldAbsences }, bookings, now));
  const outsideNow = idsOf(outside);
  const flagged = await stores.tasks.bookingsWith(deskId, 'outside_hours');

  for (const { id: bookingId } of bookings) {
    const isNews = !outsideBefore.has(bookingId) || !flagged.has(bookingId);
    if (outsideNow.has(bookingId) && isNews)
      await stores.tasks.add({ id: ids.uuid(), deskId, bookingId, kind: 'outside_hours', createdAt: now });
    if (!outsideNow.has(bookingId) && flagged.has(bookingId)) await settleFlag(stores, bookingId, { by: SYSTEM, now });
  }
  return outside.map((each) => ({ ...each, isNew: !outsideBefore.has(each.booking.id) }));
}

function idsOf(outside: readonly { readonly booking: Booking }[]): ReadonlySet<string> {
  return new Set(outside.map(({ booking }) => booking.id));
}
