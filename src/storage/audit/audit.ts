import { type Kysely, sql } from 'kysely';
import type { Audit, AuditFacts } from '../../app/ports/audit';
import { deskStore } from '../deskStore';
import type { Engine, OpenDatabase } from '../engine';
import type { Database } from '../schema';
import { auditedRows } from './rows';
import { structure } from './structure';

/**
 * Reads everything in one snapshot: on SQLite in a transaction that does not lock out writers, on PostgreSQL at
 * REPEATABLE READ.
 */
export function audit({ db, engine }: Pick<OpenDatabase, 'db' | 'engine'>): Audit {
  return {
    atOneMoment: (look) =>
      db.connection().execute(async (connection) => {
        await sql.raw(BEGIN[engine.name]).execute(connection);
        try {
          return await look(facts(connection, engine));
        } finally {
          // Nothing was written. If the rollback fails, the connection is gone, and the error of `look` says so.
          await sql`rollback`.execute(connection).catch(() => {});
        }
      }),
  };
}

const BEGIN = { sqlite: 'begin deferred', postgres: 'begin isolation level repeatable read read only' };

function facts(db: Kysely<Database>, engine: Engine): AuditFacts {
  const desks = deskStore(db, engine);
  return {
    tzdata: process.versions.tz ?? 'unknown',
    desks: () => desks.list(),
    absences: (deskId, range) => desks.absences(deskId, range),
    rows: () => auditedRows(db),
    doubled: (what) => doubled(db, what),
    structure: () => structure(db, engine),
  };
}

/** Looks for duplicates in the rows themselves, because an index that is damaged or missing would not show them. */
async function doubled(db: Kysely<Database>, what: 'hold' | 'reference'): Promise<string[][]> {
  const [key, among] =
    what === 'hold'
      ? [sql`holder`, sql`status in ('held', 'lapsed') and holder is not null`]
      : [sql`desk_id, reference`, sql`reference is not null`];
  const { rows } = await sql<{ id: string; first: string }>`
    select id, first from (
      select id, min(id) over (partition by ${key}) as first, count(*) over (partition by ${key}) as many
      from booking where ${among}) as keyed
    where many > 1 order by first, id`.execute(db);
  const groups = new Map<string, string[]>();
  for (const { id, first } of rows) groups.set(first, [...(groups.get(first) ?? []), id]);
  return [...groups.values()];
}
