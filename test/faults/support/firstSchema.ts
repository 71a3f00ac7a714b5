import { type Kysely, sql } from 'kysely';
import type { Engine } from '../../../src/storage/engine';
import { firstTables } from '../../../src/storage/migrations/0001-first-tables';
import type { Database } from '../../../src/storage/schema';
import { manyBookings } from './manyBookings';

/**
 * Makes a database as the first version of the program left it: its tables, one desk, and as many bookings as asked
 * for, with their history and mails.
 */
export async function firstSchema(db: Kysely<Database>, engine: Engine, bookings: number): Promise<void> {
  await firstTables.up(db, engine, 0);
  const run = (statement: string) => sql.raw(statement).execute(db);
  await run(
    `create table migration (number integer primary key, name text not null, applied_at ${engine.instant} not null)`,
  );
  await run(`insert into migration values (1, 'first tables', 0)`);
  await run(`insert into desk values ('fault-desk', '{"de":"Probe","en":"Probe"}', '{"de":"Probe","en":"Probe"}', '{"de":"Probe","en":"Probe"}',
    'Europe/Berlin', null, 'Probeweg 1', '+49 211 000000', 'desk@expat-desk.example', 30, 0, 60)`);
  await run(
    `insert into topic values ('fault-desk', 'residence', 0, '{"de":"Probe","en":"Probe"}', '{"de":"Probe","en":"Probe"}', null, 30, 0, '["phone"]', null, null, null)`,
  );
  await run(`insert into advisor values ('fault-desk', 'a1', 0, 'Advisor 1', 'a1@expat-desk.example')`);
  await manyBookings(db, engine, bookings);
}
