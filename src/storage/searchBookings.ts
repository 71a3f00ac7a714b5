import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { type Reading, readingsOf } from '../domain/booking/searchText';
import { BOOKED, toBooking } from './bookingRows';
import { type Cursor, readCursor, writeCursor } from './cursor';
import type { Database } from './schema';

type Where = ExpressionBuilder<Database, 'booking'>;

/** Finds bookings by their search text, one page at a time. */
export function searchBookings(db: Kysely<Database>): BookingStore['search'] {
  return async ({ deskId, text, range, status, nearestTo, cursor, limit }) => {
    const readings = readingsOf(text ?? '');
    // A text without letters, such as an emoji, leaves no word to search for, and would find every booking; it finds
    // none.
    if (readings.length === 0 && text?.trim()) return { bookings: [], next: null };

    let query = db.selectFrom('booking').selectAll().where('status', 'in', BOOKED).where('desk_id', '=', deskId);
    if (range?.start !== undefined) query = query.where('starts_at', '>=', range.start);
    if (range?.end !== undefined) query = query.where('starts_at', '<', range.end);
    if (status) query = query.where('status', '=', status);
    if (readings.length > 0) query = query.where((eb) => eb.or(readings.map((reading) => hasAll(eb, reading))));
    const after = readCursor(cursor);
    if (after) query = query.where((eb) => comesAfter(eb, after, nearestTo));

    if (nearestTo !== undefined)
      query = query
        .orderBy(sql`case when starts_at >= ${nearestTo} then 0 else 1 end`)
        .orderBy(sql`case when starts_at >= ${nearestTo} then starts_at else 0 end`);
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

/** Matches the rows that come after a page's last row, in the order of the search. */
function comesAfter(eb: Where, { start, id }: Cursor, nearestTo: number | undefined): Expression<SqlBool> {
  const sameStart = eb.and([eb('starts_at', '=', start), eb('id', '>', id)]);
  if (nearestTo === undefined || start < nearestTo) return eb.or([eb('starts_at', '<', start), sameStart]);
  return eb.or([eb('starts_at', '>', start), sameStart, eb('starts_at', '<', nearestTo)]);
}

function hasAll(eb: Where, reading: Reading): Expression<SqlBool> {
  return eb.and(reading.map((ways) => eb.or(ways.map((way) => eb('search_text', 'like', containing(way))))));
}

/** Builds the pattern of `like`. `%` and `_` in the word are escaped, so that they match only themselves. */
function containing(word: string) {
  return sql<string>`${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}
