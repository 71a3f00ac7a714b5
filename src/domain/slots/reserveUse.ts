import type { Booking } from '../booking/booking';
import type { Hours, LocalDate } from '../calendar/hours';
import { openingDays } from '../calendar/openingHours';
import { localDate, startOfDay } from '../calendar/zone';
import type { Reserve } from '../desk';
import { groupBy } from '../groupBy';
import { isFor, releasedOn } from './reserves';

/** What a reserve would have done on days that are over. */
export interface ReserveUse {
  readonly reserve: Reserve;
  /** The starts that it would have kept: those of each day on which the desk was open. */
  readonly kept: number;
  /** Those that its kind took before their day was released. */
  readonly used: number;
  /** Those that nobody of its kind had taken by then; they would have become free for all. */
  readonly released: number;
  /** The consultations of its kind that were booked only after the release: nothing would have been kept for them. */
  readonly late: number;
}

type Past = Pick<Booking, 'topicId' | 'language' | 'urgent' | 'createdAt' | 'time' | 'status'>;

/**
 * Replays the bookings of the days from `from` to before `to` against reserves: who of their kind came before the
 * release, and how much would have been kept in vain. A cancelled booking took nothing.
 */
export function reserveUse(
  hours: Hours,
  reserves: readonly Reserve[],
  bookings: readonly Past[],
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): ReserveUse[] {
  const open = openingDays(hours, from, to).filter(({ windows }) => windows.length > 0);
  const held = bookings.filter(({ status }) => status !== 'cancelled');
  const byDay = groupBy(held, ({ time }) => localDate(time.start, hours.timeZone));
  return reserves.map((reserve) => {
    let [used, late] = [0, 0];
    for (const { date } of open) {
      const own = (byDay.get(date) ?? []).filter((booking) => isFor(reserve, booking));
      const release = startOfDay(releasedOn(hours, date, reserve), hours.timeZone);
      const early = own.filter(({ createdAt }) => createdAt < release).length;
      used += Math.min(early, reserve.startsPerDay);
      late += own.length - early;
    }
    const kept = open.length * reserve.startsPerDay;
    return { reserve, kept, used, released: kept - used, late };
  });
}
