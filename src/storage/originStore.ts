import type { Kysely } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { toBooking } from './bookingRows';
import type { Database } from './schema';

/**
 * The methods of the booking store that remember for a few days, as keyed hashes, from which networks bookings came.
 */
export function originStore(
  db: Kysely<Database>,
): Pick<BookingStore, 'noteOrigin' | 'lastBookedFrom' | 'fromNetworkOf'> {
  return {
    async noteOrigin({ id, deskId }, { networks }, at) {
      const rows = networks.map(({ width, key }) => ({ booking_id: id, width, desk_id: deskId, network: key, at }));
      if (rows.length > 0) await db.insertInto('booking_origin').values(rows).execute();
    },

    async lastBookedFrom(deskId, key, nth) {
      const row = await db
        .selectFrom('booking_origin')
        .select('at')
        .where('desk_id', '=', deskId)
        .where('network', '=', key)
        .orderBy('at', 'desc')
        .offset(nth - 1)
        .limit(1)
        .executeTakeFirst();
      return row?.at;
    },

    async fromNetworkOf(bookingId, width, span, limit) {
      const rows = await db
        .selectFrom('booking_origin as other')
        .innerJoin('booking_origin as own', (join) =>
          join.onRef('own.network', '=', 'other.network').onRef('own.desk_id', '=', 'other.desk_id'),
        )
        .innerJoin('booking', 'booking.id', 'other.booking_id')
        .selectAll('booking')
        .where('own.booking_id', '=', bookingId)
        .where('own.width', '=', width)
        .where('other.width', '=', width)
        .where((eb) => eb('other.at', '>=', eb('own.at', '-', span)).and('other.at', '<=', eb('own.at', '+', span)))
        .where('booking.status', 'in', ['requested', 'confirmed'])
        .orderBy('other.at')
        .orderBy('booking.id')
        .limit(limit)
        .execute();
      return rows.map(toBooking);
    },
  };
}
