import type { Booking } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody, type Unattended } from '../../domain/booking/outsideHours';
import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';
import type { AppDeps } from '../deps';
import type { Stores } from '../ports/storage';
import { settleFlag } from '../staff/settleFlag';

/** Hours as they were and as they are now, and which time the change concerns. */
export interface ChangedHours {
  readonly before: Desk;
  readonly after: Desk;
  /** The absence before and after, if it is one that changed them; null: there was none, or there is none any more. */
  readonly absence?: { readonly old: Absence | null; readonly absence: Absence | null };
  readonly range: Interval;
  readonly now: Instant;
}

/**
 * Gives reception a task for each upcoming booking that the change left outside the hours, and takes back the tasks of those that
 * fit again. One that was outside before and was dealt with is not brought up again. Runs in the transaction of the change.
 *
 * @returns all upcoming bookings that touch the range and lie outside the hours now; `isNew`: did not before
 */
export async function flagBookings(
  stores: Stores,
  { ids }: Pick<AppDeps, 'ids'>,
  { before, after, absence, range, now }: ChangedHours,
): Promise<(Unattended<Booking> & { readonly isNew: boolean })[]> {
  const deskId = after.id;
  const bookings = (await stores.bookings.within(deskId, range)).filter((booking) => isUpcoming(booking, now));
  const absences = await stores.desks.absences(deskId, hull(bookings.map(({ time }) => time)));
  const outside = needingSomebody({ desk: after, absences }, bookings, now);
  const oldAbsences = [
    ...absences.filter(({ id }) => id !== absence?.absence?.id),
    ...(absence?.old ? [absence.old] : []),
  ];
  const outsideBefore = idsOf(needingSomebody({ desk: before, absences: oldAbsences }, bookings, now));
  const outsideNow = idsOf(outside);
  const flagged = await stores.tasks.bookingsWith(deskId, 'outside_hours');

  for (const { id: bookingId } of bookings) {
    const isNews = !outsideBefore.has(bookingId) || !flagged.has(bookingId);
    if (outsideNow.has(bookingId) && isNews)
      await stores.tasks.add({ id: ids.uuid(), deskId, bookingId, kind: 'outside_hours', createdAt: now });
    if (!outsideNow.has(bookingId) && flagged.has(bookingId))
      await settleFlag(stores, bookingId, { by: { kind: 'system' }, now });
  }
  return outside.map((each) => ({ ...each, isNew: !outsideBefore.has(each.booking.id) }));
}

function idsOf(outside: readonly { readonly booking: Booking }[]): ReadonlySet<string> {
  return new Set(outside.map(({ booking }) => booking.id));
}
