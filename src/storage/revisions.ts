import type { Kysely } from 'kysely';
import type { Database } from './schema';

/** What the triggers of `migrations/0004-revision` count. Inside a transaction its own changes are counted, too. */
export interface Revisions {
  /** How often anything was changed at the desk; 0: never. */
  of(deskId: string): Promise<number>;
  /** Whose diaries were changed in later revisions; '' for the desk itself, its rules, its absences. */
  since(deskId: string, revision: number): Promise<string[]>;
}

/** The desk itself among those whose diaries changed. */
export const DESK_ITSELF = '';

export function revisions(db: Kysely<Database>): Revisions {
  return {
    async of(deskId) {
      const row = await db.selectFrom('revision').select('number').where('desk_id', '=', deskId).executeTakeFirst();
      return row?.number ?? 0;
    },
    async since(deskId, revision) {
      const rows = await db
        .selectFrom('diary_revision')
        .select('advisor_id')
        .where('desk_id', '=', deskId)
        .where('number', '>', revision)
        .execute();
      return rows.map((row) => row.advisor_id);
    },
  };
}

/** As `Storage.revisions`. */
export async function allRevisions(db: Kysely<Database>): Promise<(readonly [string, number])[]> {
  const rows = await db.selectFrom('revision').selectAll().orderBy('desk_id').execute();
  return rows.map(({ desk_id, number }) => [desk_id, number] as const);
}
