import { type Kysely, sql } from 'kysely';
import type { JobStore } from '../app/ports/jobStore';
import type { Database } from './schema';

/**
 * Stores one row for each job. A process takes a job in a statement that compares the heartbeat it has read, so only
 * one of several succeeds.
 */
export function jobStore(db: Kysely<Database>): JobStore {
  return {
    async list() {
      const rows = await db.selectFrom('job').selectAll().orderBy('name').execute();
      return rows.map(({ last_run_at, last_success_at, ...row }) => ({
        ...row,
        lastRunAt: last_run_at,
        lastSuccessAt: last_success_at,
      }));
    },

    async register(name) {
      await db
        .insertInto('job')
        .values({ name, holder: null, beat: 0, runs: 0, failures: 0 })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
    },

    async take(name, holder, seenBeat) {
      const { numUpdatedRows } = await db
        .updateTable('job')
        .set({ holder, beat: seenBeat + 1 })
        .where('name', '=', name)
        .where('beat', '=', seenBeat)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async beat(name, holder, { runs, failures, lastRunAt, lastSuccessAt }) {
      const { numUpdatedRows } = await db
        .updateTable('job')
        .set({
          beat: sql`beat + 1`,
          runs: sql`runs + ${runs}`,
          failures: sql`failures + ${failures}`,
          ...(lastRunAt === null ? {} : { last_run_at: lastRunAt }),
          ...(lastSuccessAt === null ? {} : { last_success_at: lastSuccessAt }),
        })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async release(holder) {
      await db.updateTable('job').set({ holder: null, beat: sql`beat + 1` }).where('holder', '=', holder).execute();
    },
  };
}
