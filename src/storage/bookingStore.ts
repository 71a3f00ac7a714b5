import type { Kysely } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import { LONGEST_CONSULTATION_MS } from '../domain/booking/booking';
import { UPCOMING } from '../domain/booking/outsideHours';
import { DomainError } from '../domain/errors';
import { addressKey } from '../fields/mailAddress';
import { BOOKED, toBooking, toBookingRow, toEvent, toEventRow } from './bookingRows';
import { diaryStore } from './diaries';
import type { Engine } from './engine';
import { erasureStore } from './erasureStore';
import { holdStore } from './holdStore';
import { importStore } from './importStore';
import { originStore } from './originStore';
import { outcomeStore } from './outcomeStore';
import { permuting } from './permutation';
import type { Database } from './schema';
import { searchBookings } from './searchBookings';
import { withWallTime } from './wallTime';

/** Bookings, their history and holds. Reading a booking never finds a hold, although both share a table. */
export function bookingStore(db: Kysely<Database>, engine: Engine): BookingStore {
  const bookings = () => db.selectFrom('booking').selectAll().where('status', 'in', BOOKED);

  return {
    async find(id) {
      const row = await bookings().where('id', '=', id).executeTakeFirst();
      return row && toBooking(row);
    },

    async findByToken(tokenHash) {
      const row = await bookings()
        .where(({ eb, or }) => or([eb('token_hash', '=', tokenHash), eb('token_hash_previous', '=', tokenHash)]))
        .executeTakeFirst();
      return row && toBooking(row);
    },

    async findByReference(deskId, reference) {
      const row = await bookings().where('desk_id', '=', deskId).where('reference', '=', reference).executeTakeFirst();
      return row && toBooking(row);
    },

    async findByUid(uid) {
      const row = await bookings().where('uid', '=', uid).executeTakeFirst();
      return row && toBooking(row);
    },

    async within(deskId, range) {
      const rows = await bookings()
        .where('desk_id', '=', deskId)
        .where('starts_at', '<', range.end)
        .where('starts_at', '>', range.start - LONGEST_CONSULTATION_MS)
        .where('ends_at', '>', range.start)
        .orderBy('starts_at')
        .orderBy('advisor_id')
        .execute();
      return rows.map(toBooking);
    },

    async checkIns(deskId, range) {
      const rows = await db
        .selectFrom('booking_event')
        .innerJoin('booking', 'booking.id', 'booking_event.booking_id')
        .select(({ fn }) => ['booking_id', fn.max('booking_event.at').as('at')])
        .where('booking.desk_id', '=', deskId)
        .where('booking.starts_at', '>=', range.start)
        .where('booking.starts_at', '<', range.end)
        .where('booking_event.type', '=', 'checked_in')
        .groupBy('booking_id')
        .execute();
      return new Map(rows.map(({ booking_id, at }) => [booking_id, Number(at)]));
    },

    async startsAhead(deskId, now) {
      const rows = await db
        .selectFrom('booking')
        .select(({ fn }) => ['starts_at as start', fn.countAll<number>().as('bookings')])
        .where('desk_id', '=', deskId)
        .where('starts_at', '>', now - LONGEST_CONSULTATION_MS)
        .where('ends_at', '>', now)
        .where('status', 'in', [...UPCOMING])
        .groupBy('starts_at')
        .orderBy('starts_at')
        .execute();
      return rows.map(({ start, bookings }) => ({ start, bookings: Number(bookings) }));
    },

    search: searchBookings(db),

    async countAhead(deskId, key, now) {
      const { ahead } = await db
        .selectFrom('booking')
        .select(({ fn }) => fn.countAll<number>().as('ahead'))
        .where('desk_id', '=', deskId)
        .where('client_key', '=', key)
        .where('status', 'in', ['requested', 'confirmed'])
        .where('starts_at', '>', now)
        .executeTakeFirstOrThrow();
      return ahead;
    },

    async ahead(deskId, email, now, limit) {
      const rows = await bookings()
        .where('desk_id', '=', deskId)
        .where('client_key', '=', addressKey(email))
        .where('status', 'in', ['requested', 'confirmed'])
        .where('starts_at', '>', now)
        .orderBy('starts_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toBooking);
    },

    async nextOf(deskId, advisorId, from) {
      const row = await bookings()
        .where('desk_id', '=', deskId)
        .where('advisor_id', '=', advisorId)
        .where('starts_at', '>=', from)
        .where('status', 'in', [...UPCOMING])
        .orderBy('starts_at')
        .limit(1)
        .executeTakeFirst();
      return row && toBooking(row);
    },

    async visitsOf(deskId, keys, before, limit) {
      if (keys.length === 0) return [];
      const rows = await bookings()
        .where('desk_id', '=', deskId)
        .where('client_key', 'in', [...keys])
        .where('starts_at', '<', before)
        .where('status', 'in', ['checked_in', 'completed'])
        .orderBy('starts_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toBooking);
    },

    async add(booking, tokenHash) {
      await db
        .insertInto('booking')
        .values(await withWallTime(db, booking.deskId, toBookingRow(booking, tokenHash)))
        .execute();
    },

    async confirm(booking, tokenHash) {
      const { id, ...row } = await withWallTime(db, booking.deskId, toBookingRow(booking, tokenHash));
      const { numUpdatedRows } = await db
        .updateTable('booking')
        .set(row)
        .where('id', '=', id)
        .where('status', 'in', ['held', 'lapsed'])
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('hold-expired');
    },

    async save(booking) {
      const { id, token_hash: _kept, ...row } = await withWallTime(db, booking.deskId, toBookingRow(booking, ''));
      const { numUpdatedRows } = await db
        .updateTable('booking')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', booking.version - 1)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('version-moved-on');
    },

    async requested(deskId) {
      const rows = await bookings()
        .where('desk_id', '=', deskId)
        .where('status', '=', 'requested')
        .orderBy('starts_at')
        .execute();
      return rows.map(toBooking);
    },

    async withoutVideoLink(deskId, now) {
      const rows = await bookings()
        .where('desk_id', '=', deskId)
        .where('mode', '=', 'video')
        .where('video_link', 'is', null)
        .where('status', 'in', ['requested', 'confirmed', 'checked_in'])
        .where('starts_at', '>', now - LONGEST_CONSULTATION_MS)
        .where('ends_at', '>', now)
        .orderBy('starts_at')
        .orderBy('id')
        .limit(200)
        .execute();
      return rows.map(toBooking);
    },

    permute: permuting(db, engine),

    async record(event, messages) {
      await db
        .insertInto('booking_event')
        .values({ ...toEventRow(event), messages })
        .execute();
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

    async findBookingOf(holder) {
      const row = await bookings()
        .where('holder', '=', holder)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toBooking(row);
    },

    busy: diaryStore(db, engine).busy,
    ...holdStore(db),
    ...erasureStore(db),
    ...importStore(db),
    ...originStore(db),
    ...outcomeStore(db),
  };
}
