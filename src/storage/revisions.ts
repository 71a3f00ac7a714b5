import type { Kysely } from 'kysely';
import type { Database } from './schema';

/** Whose diary was changed, at which revision of the desk; `DESK_ITSELF` for the desk, its rules, its absences. */
export interface Revised {
  readonly advisorId: string;
  readonly number: number;
}

/** The desk itself among those whose diaries changed. */
export const DESK_ITSELF = '';

/** How a process looks whether something was changed at a desk: what the triggers of `migrations/0004-revision` count. */
export interface Revisions {
  /** What was changed at the desk in later revisions than this; empty: it is the last. One statement. */
  since(deskId: string, revision: number): Promise<readonly Revised[]>;
  /** A text that stays the same as long as nothing was committed, where that is known without a statement. */
  readonly mark?: () => string;
}

export function revisions(db: Kysely<Database>): Revisions {
  return {
    since: (deskId, revision) =>
      db
        .selectFrom('diary_revision')
        .select(['advisor_id as advisorId', 'number'])
        .where('desk_id', '=', deskId)
        .where('number', '>', revision)
        .execute(),
  };
}

/** Returns the last revision of each desk, by id; 0 for one at which nothing was changed since revisions are counted. */
export async function lastRevisions(db: Kysely<Database>): Promise<readonly (readonly [deskId: string, number])[]> {
  const rows = await db
    .selectFrom('desk')
    .leftJoin('revision', 'revision.desk_id', 'desk.id')
    .select(['desk.id', 'revision.number'])
    .orderBy('desk.id')
    .execute();
  return rows.map(({ id, number }) => [id, number ?? 0] as const);
}
