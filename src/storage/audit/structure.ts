import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Structure } from '../../app/ports/audit';
import type { Engine } from '../engine';
import type { Database } from '../schema';
import { TABLES } from '../tables';

/** Runs the database's own checks, and looks whether the guard against overlapping bookings exists. */
export async function structure(db: Kysely<Database>, engine: Engine): Promise<Structure> {
  const faults = engine.name === 'sqlite' ? await ofSqlite(db) : await ofPostgres(db);
  return { tables: TABLES.length, faults };
}

const GUARDS = ['booking_no_overlap_insert', 'booking_no_overlap_update', 'lifted_put_back'];

async function ofSqlite(db: Kysely<Database>): Promise<string[]> {
  const damage = await rowsOf<{ integrity_check: string }>(db, sql`pragma integrity_check`);
  const orphans = await rowsOf<{ child: string; parent: string; count: number }>(
    db,
    sql`select "table" as child, parent, count(*) as count from pragma_foreign_key_check where "table" <> 'lifted' group by 1, 2`,
  );
  const lifted = await rowsOf<{ booking_id: string }>(db, sql`select booking_id from lifted`);
  const guards = await rowsOf<{ name: string }>(db, sql`select name from sqlite_master where type = 'trigger'`);
  const missing = GUARDS.filter((guard) => !guards.some(({ name }) => name === guard));
  return [
    ...damage.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
    ...orphans.map(orphaned),
    ...lifted.map(
      ({ booking_id }) => `booking ${booking_id} was left out of the guard's way: an overlap is not refused`,
    ),
    ...missing.map((guard) => `the trigger ${guard} is gone: the database no longer refuses an overlap`),
  ];
}

/**
 * Checks PostgreSQL. Foreign keys are checked against the rows, because the owner of the tables can write orphans while
 * triggers are off, and the key is still listed as valid.
 */
async function ofPostgres(db: Kysely<Database>): Promise<string[]> {
  const constraints = await rowsOf<{ name: string; valid: boolean }>(
    db,
    sql`select conname as name, convalidated as valid from pg_constraint where connamespace = current_schema()::regnamespace`,
  );
  const faults = constraints
    .filter(({ valid }) => !valid)
    .map(({ name }) => `the constraint ${name} was never checked against all rows`);
  if (!constraints.some(({ name }) => name === 'booking_no_overlap'))
    faults.push('the constraint booking_no_overlap is gone: the database no longer refuses an overlap');

  for (const key of await foreignKeys(db)) {
    const [found] = await rowsOf<{ count: number }>(db, orphansOf(key));
    if (found && found.count > 0) faults.push(orphaned({ ...key, count: found.count }));
  }
  return faults;
}

interface ForeignKey {
  readonly child: string;
  readonly parent: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
}

function foreignKeys(db: Kysely<Database>): Promise<ForeignKey[]> {
  const names = (relation: string, numbers: string) =>
    sql.raw(`array(select a.attname::text from unnest(${numbers}) with ordinality as k(number, place)
      join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number order by k.place)`);
  return rowsOf<ForeignKey>(
    db,
    sql`select child.relname as child, parent.relname as parent,
        ${names('c.conrelid', 'c.conkey')} as columns, ${names('c.confrelid', 'c.confkey')} as keys
      from pg_constraint c join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
      where c.contype = 'f' and c.connamespace = current_schema()::regnamespace`,
  );
}

function orphansOf({ child, parent, columns, keys }: ForeignKey): RawBuilder<unknown> {
  const pairs = columns.map((column, i) => sql`p.${sql.ref(keys[i] ?? column)} = c.${sql.ref(column)}`);
  const given = columns.map((column) => sql`c.${sql.ref(column)} is not null`);
  return sql`select count(*) as count from ${sql.table(child)} c where ${sql.join(given, sql` and `)}
    and not exists (select 1 from ${sql.table(parent)} p where ${sql.join(pairs, sql` and `)})`;
}

function orphaned({ child, parent, count }: { child: string; parent: string; count: number }): string {
  return `${child}: ${count} ${count === 1 ? 'row refers' : 'rows refer'} to a row of ${parent} that is not there`;
}

async function rowsOf<T>(db: Kysely<Database>, query: RawBuilder<unknown>): Promise<T[]> {
  return (await query.execute(db)).rows as T[];
}
