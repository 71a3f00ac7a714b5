import { type Kysely, sql } from 'kysely';
import type { UnmetDemand } from '../app/ports/unmetDemand';
import type { Database } from './schema';

/** Counts searches without a result in one row for each desk, topic, language and week. */
export function unmetDemand(db: Kysely<Database>): UnmetDemand {
  return {
    async count({ deskId, topicId, language, week }, searches) {
      await db
        .insertInto('unmet_demand')
        .values({ desk_id: deskId, topic_id: topicId, language, week, searches })
        .onConflict((conflict) =>
          conflict
            .columns(['desk_id', 'week', 'topic_id', 'language'])
            .doUpdateSet({ searches: sql`unmet_demand.searches + ${searches}` }),
        )
        .execute();
    },

    async list(deskId) {
      const rows = await db
        .selectFrom('unmet_demand')
        .selectAll()
        .where('desk_id', '=', deskId)
        .orderBy('week')
        .orderBy('topic_id')
        .orderBy('language')
        .execute();
      return rows.map(({ topic_id: topicId, language, week, searches }) => ({
        deskId,
        topicId,
        language,
        week,
        searches,
      }));
    },
  };
}
