import { type Kysely, sql } from 'kysely';
import type { RateLimits } from '../app/ports/rateLimits';
import type { Database } from './schema';

/** Counts hits in fixed windows, one row for each key. */
export function rateLimits(db: Kysely<Database>): RateLimits {
  return {
    async count(key, window, now) {
      // A window is over when its end has passed, and also when its end is further away than a window is long, because
      // the clock was set back.
      const over = sql<boolean>`rate_limit.window_ends <= ${now} or rate_limit.window_ends > ${now + window}`;
      const row = await db
        .insertInto('rate_limit')
        .values({ key, hits: 1, window_ends: now + window })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            hits: sql`case when ${over} then 1 else rate_limit.hits + 1 end`,
            window_ends: sql`case when ${over} then ${now + window} else rate_limit.window_ends end`,
          }),
        )
        .returning(['hits', 'window_ends'])
        .executeTakeFirstOrThrow();
      return { hits: row.hits, windowEnds: row.window_ends };
    },

    async peek(key, window, now) {
      const row = await db
        .selectFrom('rate_limit')
        .select(['hits', 'window_ends'])
        .where('key', '=', key)
        .where('window_ends', '>', now)
        .where('window_ends', '<=', now + window)
        .executeTakeFirst();
      return row ? { hits: row.hits, windowEnds: row.window_ends } : { hits: 0, windowEnds: now };
    },

    async giveBack(key) {
      await db
        .updateTable('rate_limit')
        .set({ hits: sql`hits - 1` })
        .where('key', '=', key)
        .where('hits', '>', 0)
        .execute();
    },
  };
}
