import type { Kysely, Selectable } from 'kysely';
import type { QueueStore } from '../app/ports/queue';
import { DomainError } from '../domain/errors';
import type { QueueEntry } from '../domain/queue/entry';
import type { Database } from './schema';

/** Stores who waits, one row each. */
export function queueStore(db: Kysely<Database>): QueueStore {
  const entries = () => db.selectFrom('queue_entry').selectAll();
  const one = async (query: ReturnType<typeof entries>) => {
    const row = await query.executeTakeFirst();
    return row && toEntry(row);
  };
  return {
    async add(entry, tokenHash) {
      await db
        .insertInto('queue_entry')
        .values({ ...toRow(entry), token_hash: tokenHash })
        .execute();
    },

    async save(entry) {
      const { id, ...row } = toRow(entry);
      const { numUpdatedRows } = await db
        .updateTable('queue_entry')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', entry.version - 1)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('version-moved-on');
    },

    find: (id) => one(entries().where('id', '=', id)),
    findByToken: (tokenHash) => one(entries().where('token_hash', '=', tokenHash)),
    findByBooking: (bookingId) => one(entries().where('booking_id', '=', bookingId)),

    async within(deskId, range) {
      const rows = await entries()
        .where('desk_id', '=', deskId)
        .where('arrived_at', '>=', range.start)
        .where('arrived_at', '<', range.end)
        .orderBy('arrived_at')
        .orderBy('id')
        .execute();
      return rows.map(toEntry);
    },
  };
}

function toRow(entry: QueueEntry) {
  return {
    id: entry.id,
    desk_id: entry.deskId,
    booking_id: entry.bookingId,
    number: entry.number,
    topic_id: entry.topicId,
    language: entry.language,
    name: entry.name,
    urgent: entry.urgent,
    state: entry.state,
    misses: entry.misses,
    advisor_id: entry.advisorId,
    arrived_at: entry.arrivedAt,
    turn_at: entry.turnAt,
    called_at: entry.calledAt,
    started_at: entry.startedAt,
    ended_at: entry.endedAt,
    version: entry.version,
  };
}

function toEntry(row: Selectable<Database['queue_entry']>): QueueEntry {
  return {
    id: row.id,
    deskId: row.desk_id,
    bookingId: row.booking_id,
    number: row.number,
    topicId: row.topic_id,
    language: row.language,
    name: row.name,
    urgent: row.urgent,
    state: row.state as QueueEntry['state'],
    misses: row.misses,
    advisorId: row.advisor_id,
    arrivedAt: row.arrived_at,
    turnAt: row.turn_at,
    calledAt: row.called_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    version: row.version,
  };
}
