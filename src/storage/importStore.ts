import type { Kysely } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { toBookingRow, toEventRow } from './bookingRows';
import type { Database } from './schema';
import { timeZoneOf, wallTime } from './wallTime';

/**
 * Rows per insert. Times the columns of a booking they stay far below 32,766, the most parameters of a SQLite statement
 * (PostgreSQL: 65,535).
 */
const ROWS_PER_INSERT = 50;
/** The most values in one `in (…)`. */
const VALUES_PER_LIST = 1000;

/** The methods of the booking store that concern bookings imported from another system. */
export function importStore(
  db: Kysely<Database>,
): Pick<BookingStore, 'addImported' | 'importedKeys' | 'takenReferences'> {
  const among = async (column: 'import_key' | 'reference', deskId: string, values: readonly string[]) => {
    const found = new Set<string>();
    for (const part of inParts(values, VALUES_PER_LIST)) {
      const rows = db.selectFrom('booking').select(`${column} as value`).where('desk_id', '=', deskId);
      for (const { value } of await rows.where(column, 'in', part).execute()) if (value !== null) found.add(value);
    }
    return found;
  };

  return {
    async addImported(deskId, imported) {
      const zone = await timeZoneOf(db, deskId);
      for (const part of inParts(imported, ROWS_PER_INSERT)) {
        const bookings = part.map(({ booking, tokenHash, importKey }) => ({
          ...toBookingRow(booking, tokenHash),
          ...wallTime(booking.time.start, zone),
          import_key: importKey,
        }));
        const events = part.map(({ event }) => ({ ...toEventRow(event), messages: 0 }));
        await db.insertInto('booking').values(bookings).execute();
        await db.insertInto('booking_event').values(events).execute();
      }
    },

    importedKeys: (deskId, keys) => among('import_key', deskId, keys),
    takenReferences: (deskId, references) => among('reference', deskId, references),
  };
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  return parts;
}
