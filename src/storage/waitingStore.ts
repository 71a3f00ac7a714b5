import type { Kysely, Selectable } from 'kysely';
import type { WaitingStore } from '../app/ports/waiting';
import { clientKey } from '../domain/booking/reachable';
import { DomainError } from '../domain/errors';
import type { WaitingEntry, WaitingWish } from '../domain/waiting/entry';
import { fromJson, fromNullableJson, toNullableJson } from './json';
import type { Database } from './schema';

/** Stores the waiting list, one row for each entry. */
export function waitingStore(db: Kysely<Database>): WaitingStore {
  const entries = () => db.selectFrom('waiting_entry').selectAll();
  return {
    async add(entry) {
      await db.insertInto('waiting_entry').values(toRow(entry)).execute();
    },

    async save(entry) {
      const { id, ...row } = toRow(entry);
      const { numUpdatedRows } = await db
        .updateTable('waiting_entry')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', entry.version - 1)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('version-moved-on');
    },

    async find(id) {
      const row = await entries().where('id', '=', id).executeTakeFirst();
      return row && toEntry(row);
    },

    async hasOpen(deskId) {
      const row = await db
        .selectFrom('waiting_entry')
        .select('id')
        .where('desk_id', '=', deskId)
        .where('state', 'in', OPEN)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async open(deskId) {
      const rows = await entries().where('desk_id', '=', deskId).where('state', 'in', OPEN).execute();
      return rows.map(toEntry);
    },

    async desksWithOpen() {
      const rows = await db
        .selectFrom('waiting_entry')
        .select('desk_id')
        .distinct()
        .where('state', 'in', OPEN)
        .orderBy('desk_id')
        .execute();
      return rows.map((row) => row.desk_id);
    },

    async ofBooking(bookingId) {
      const rows = await entries()
        .where(({ eb, or }) => or([eb('booking_id', '=', bookingId), eb('booked_id', '=', bookingId)]))
        .execute();
      return rows.map(toEntry);
    },

    async remove(id) {
      await db.deleteFrom('waiting_entry').where('id', '=', id).execute();
    },
  };
}

const OPEN = ['waiting', 'offered'] as const;

function toRow(entry: WaitingEntry) {
  const { languages, mode, from, until, weekdays, after, before, deadline } = entry;
  const wish: Omit<WaitingWish, 'topicId'> = { languages, mode, from, until, weekdays, after, before, deadline };
  return {
    id: entry.id,
    desk_id: entry.deskId,
    topic_id: entry.topicId,
    wish_json: JSON.stringify(wish),
    booking_id: entry.bookingId,
    client_json: JSON.stringify(entry.client),
    client_key: clientKey(entry.client) ?? '',
    state: entry.state,
    offers: entry.offers,
    passed_json: JSON.stringify(entry.passed),
    offer_json: toNullableJson(entry.offer),
    booked_id: entry.bookedId,
    joined_at: entry.joinedAt,
    ended_at: entry.endedAt,
    version: entry.version,
  };
}

function toEntry(row: Selectable<Database['waiting_entry']>): WaitingEntry {
  return {
    ...fromJson<Omit<WaitingWish, 'topicId'>>(row.wish_json),
    id: row.id,
    deskId: row.desk_id,
    topicId: row.topic_id,
    bookingId: row.booking_id,
    client: fromJson(row.client_json),
    state: row.state as WaitingEntry['state'],
    offers: row.offers,
    passed: fromJson(row.passed_json),
    offer: fromNullableJson(row.offer_json),
    bookedId: row.booked_id,
    joinedAt: row.joined_at,
    endedAt: row.ended_at,
    version: row.version,
  };
}
