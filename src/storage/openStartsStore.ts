import type { Kysely } from 'kysely';
import { FINISHED_ITSELF, type Opening, type OpenStartsStore } from '../app/ports/openStarts';
import { fromNullableJson, toNullableJson } from './json';
import type { Database } from './schema';

/** Stores where starts are missing. A finished task stays, with the time and the name of the person who finished it. */
export function openStartsStore(db: Kysely<Database>): OpenStartsStore {
  return {
    async open(deskId) {
      const rows = await db
        .selectFrom('open_starts')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('done_at', 'is', null)
        .orderBy('missing', 'desc')
        .orderBy('topic_id')
        .orderBy('language')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        deskId,
        topicId: row.topic_id,
        language: row.language,
        missing: row.missing,
        until: row.until,
        opening: fromNullableJson<Opening>(row.opening_json),
        createdAt: row.created_at,
      }));
    },

    async put({ id, deskId, topicId, language, missing, until, opening, createdAt }) {
      const said = { missing, until, opening_json: toNullableJson(opening) };
      await db
        .insertInto('open_starts')
        .values({ id, desk_id: deskId, topic_id: topicId, language, ...said, created_at: createdAt })
        .onConflict((conflict) =>
          conflict.columns(['desk_id', 'topic_id', 'language']).where('done_at', 'is', null).doUpdateSet(said),
        )
        .execute();
    },

    async done(deskId, id, by, now) {
      const { numUpdatedRows } = await db
        .updateTable('open_starts')
        .set({ done_at: now, done_by: by })
        .where('desk_id', '=', deskId)
        .where('id', '=', id)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async finished(deskId, since) {
      const rows = await db
        .selectFrom('open_starts')
        .select(['topic_id', 'language'])
        .where('desk_id', '=', deskId)
        .where('done_at', '>=', since)
        .where('done_by', '<>', FINISHED_ITSELF)
        .execute();
      return rows.map((row) => ({ topicId: row.topic_id, language: row.language }));
    },
  };
}
