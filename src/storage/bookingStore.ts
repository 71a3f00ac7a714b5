import { type Kysely, sql } from 'kysely';
import type { BookingStore, Busy } from '../app/ports/bookingStore';
import { foldForSearch } from '../domain/booking/searchText';
import { localDate, localTime } from '../domain/calendar/zone';
import { DomainError } from '../domain/errors';
import { BOOKED, toBooking, toBookingRow, toEvent, toEventRow, toHold, toHoldRow } from './bookingRows';
import type { Database } from './schema';

export function bookingStore(db: Kysely<Database>): BookingStore {
  const bookings = () => db.selectFrom('booking').selectAll().where('status', 'in', BOOKED);
  const holds = () => db.selectFrom('booking').selectAll().where('status', 'in', ['held', 'lapsed']);

  return {
    async find(id) {
      const row = await bookings().where('id', '=', id).executeTakeFirst();
      return row && toBooking(row);
    },

    async findByToken(tokenHash) {
      const row = await bookings().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row && toBooking(row);
    },

    async findByReference(deskId, reference) {
      const row = await bookings().where('desk_id', '=', deskId).where('reference', '=', reference).executeTakeFirst();
      return row && toBooking(row);
    },

    async within(deskId, range) {
      const rows = await bookings()
        .where('desk_id', '=', deskId)
        .where('starts_at', '<', range.end)
        .where('ends_at', '>', range.start)
        .orderBy('starts_at')
        .orderBy('advisor_id')
        .execute();
      return rows.map(toBooking);
    },

    async search({ deskId, text, range, status, cursor, limit }) {
      const words = foldForSearch(text ?? '')
        .split(' ')
        .filter(Boolean);
      // Signs that no letter stands for, an emoji say, are in no search text; without a word left, everything would be found.
      if (words.length === 0 && text?.trim()) return { bookings: [], next: null };

      let query = bookings().where('desk_id', '=', deskId);
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
    },

    async busy(deskId, range, now) {
      const rows = await db
        .selectFrom('booking')
        .select(['id', 'advisor_id', 'starts_at', 'blocked_until'])
        .where('desk_id', '=', deskId)
        .where('starts_at', '<', range.end)
        .where('blocked_until', '>', range.start)
        .where('status', 'not in', ['cancelled', 'lapsed'])
        .where((eb) => eb.or([eb('status', '<>', 'held'), eb('held_until', '>', now)]))
        .execute();
      return rows.map(
        (row): Busy => ({
          id: row.id,
          advisorId: row.advisor_id,
          time: { start: row.starts_at, end: row.blocked_until },
        }),
      );
    },

    async add(booking, tokenHash) {
      await db
        .insertInto('booking')
        .values(await withZone(booking.deskId, toBookingRow(booking, tokenHash)))
        .execute();
    },

    async confirm(booking, tokenHash) {
      const { id, ...row } = await withZone(booking.deskId, toBookingRow(booking, tokenHash));
      const { numUpdatedRows } = await db
        .updateTable('booking')
        .set(row)
        .where('id', '=', id)
        .where('status', 'in', ['held', 'lapsed'])
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('hold-expired');
    },

    async save(booking) {
      const { id, token_hash: _kept, ...row } = await withZone(booking.deskId, toBookingRow(booking, ''));
      const { numUpdatedRows } = await db
        .updateTable('booking')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', booking.version - 1)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('version-moved-on');
    },

    async record(event) {
      await db.insertInto('booking_event').values(toEventRow(event)).execute();
    },

    async history(bookingId) {
      const rows = await db
        .selectFrom('booking_event')
        .selectAll()
        .where('booking_id', '=', bookingId)
        .orderBy('id')
        .execute();
      return rows.map(toEvent);
    },

    async findHold(id) {
      const row = await holds().where('id', '=', id).executeTakeFirst();
      return row && toHold(row);
    },

    async findHoldOf(holder) {
      const row = await holds().where('holder', '=', holder).executeTakeFirst();
      return row && toHold(row);
    },

    async findBookingOf(holder) {
      const row = await bookings()
        .where('holder', '=', holder)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toBooking(row);
    },

    async saveHold(hold) {
      const row = await withZone(hold.deskId, toHoldRow(hold));
      const { numUpdatedRows } = await db
        .updateTable('booking')
        .set(row)
        .where('id', '=', hold.id)
        .where('status', 'in', ['held', 'lapsed'])
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) await db.insertInto('booking').values(row).execute();
    },

    async saveDraft(holdId, draft) {
      await db
        .updateTable('booking')
        .set({ draft_json: JSON.stringify(draft) })
        .where('id', '=', holdId)
        .where('status', 'in', ['held', 'lapsed'])
        .execute();
    },

    async removeHold(id) {
      const { numDeletedRows } = await db
        .deleteFrom('booking')
        .where('id', '=', id)
        .where('status', 'in', ['held', 'lapsed'])
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },

    async lapseHolds(now) {
      await db
        .updateTable('booking')
        .set({ status: 'lapsed' })
        .where('status', '=', 'held')
        .where('held_until', '<=', now)
        .execute();
    },

    async forgetDrafts(before) {
      const { numDeletedRows } = await db
        .deleteFrom('booking')
        .where('status', '=', 'lapsed')
        .where('held_until', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };

  /** The wall time at the desk beside the instant: if the law moves the offset, a person can still see what was agreed. */
  async function withZone<T extends { starts_at: number }>(deskId: string, row: T) {
    const { time_zone } = await db
      .selectFrom('desk')
      .select('time_zone')
      .where('id', '=', deskId)
      .executeTakeFirstOrThrow();
    return { ...row, ...wallTime(row.starts_at, time_zone) };
  }
}

function wallTime(at: number, zone: string) {
  return {
    local_start: `${localDate(at, zone)}T${localTime(at, zone)}`,
    time_zone: zone,
    tzdata: process.versions.tz ?? 'unknown',
  };
}

/** `%` and `_` typed by a person mean themselves. */
function containing(word: string) {
  return sql<string>`${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}

interface Cursor {
  readonly start: number;
  readonly id: string;
}

function writeCursor({ start, id }: Cursor): string {
  return Buffer.from(`${start} ${id}`).toString('base64url');
}

function readCursor(cursor: string | undefined): Cursor | undefined {
  if (!cursor) return undefined;
  const [start, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!id || !Number.isSafeInteger(Number(start)))
    throw new DomainError('invalid', { errors: [{ pointer: '/cursor', detail: 'is not a cursor of this search' }] });
  return { start: Number(start), id };
}
