import type { Kysely, Selectable } from 'kysely';
import type { FeedStore } from '../app/ports/feeds';
import type { Feed } from '../domain/calendars/feed';
import type { Database } from './schema';

/** Stores the feeds of calendars. */
export function feedStore(db: Kysely<Database>): FeedStore {
  const feeds = () => db.selectFrom('calendar_feed').selectAll();
  return {
    async add({ id, deskId, advisorId, names, userId, createdAt }, tokenHash) {
      await db
        .insertInto('calendar_feed')
        .values({
          ...{ id, desk_id: deskId, advisor_id: advisorId, names: names ? 1 : 0, user_id: userId },
          ...{ token_hash: tokenHash, created_at: createdAt },
        })
        .execute();
    },

    async find(id) {
      const row = await feeds().where('id', '=', id).executeTakeFirst();
      return row && toFeed(row);
    },

    async findByToken(tokenHash) {
      const row = await feeds().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row && toFeed(row);
    },

    async list(deskId) {
      const rows = await feeds().where('desk_id', '=', deskId).orderBy('created_at').orderBy('id').execute();
      return rows.map(toFeed);
    },

    async renew(id, tokenHash) {
      await db.updateTable('calendar_feed').set({ token_hash: tokenHash }).where('id', '=', id).execute();
    },

    async remove(id) {
      await db.deleteFrom('calendar_feed').where('id', '=', id).execute();
    },
  };
}

function toFeed(row: Selectable<Database['calendar_feed']>): Feed {
  return {
    id: row.id,
    deskId: row.desk_id,
    advisorId: row.advisor_id,
    names: row.names === 1,
    userId: row.user_id,
    createdAt: row.created_at,
  };
}
