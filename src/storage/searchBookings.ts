import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { foldForSearch } from '../domain/booking/searchText';
import { BOOKED, toBooking } from './bookingRows';
import { readCursor, writeCursor } from './cursor';
import type { Database } from './schema';

/** Finds bookings by their search text, newest first, a page at a time. */
export function searchBookings(db: Kysely<Database>): BookingStore['search'] {
  return async ({ deskId, text, range, status, cursor, limit }) => {
    const words = foldForSearch(text ?? '')
      .split(' ')
      .filter(Boolean);
    // Signs that no letter stands for, an emoji say, are in no search text; without a word left, everything would be found.
    if (words.length === 0 && text?.trim()) return { bookings: [], next: null };

    let query = db.selectFrom('booking').selectAll().where('status', 'in', BOOKED).where('desk_id', '=', deskId);
    if (range?.start !== undefined) query = query.where('starts_at', '>=', range.start);
    if (range?.end !== undefined) query = query.where('starts_at', '<', range.end);
    if (status) query = query.where('status', '=', status);
    for (const word of words) query = query.where('search_text', 'like', containing(word));
    const after = readCursor(cursor);
    if (after)
      query = query.where((eb) =>
        eb.or([
          eb('starts_at', '<', after.start),
          eb.and([eb('starts_at', '=', after.start), eb('id', '>', after.id)]),
        ]),
      );

    const rows = await query
      .orderBy('starts_at', 'desc')
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      bookings: rows.slice(0, limit).map(toBooking),
      next: last ? writeCursor({ start: last.starts_at, id: last.id }) : null,
    };
  };
}

/** `%` and `_` typed by a person mean themselves. */
function containing(word: string) {
  return sql<string>`${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}
