import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';

/** Begins the creation of a table. STRICT makes SQLite enforce column types, as PostgreSQL always does. */
export function table(db: Kysely<Database>, engine: Engine, name: keyof Database): CreateTableBuilder<string, never> {
  const builder = db.schema.createTable(name) as CreateTableBuilder<string, never>;
  return engine.name === 'sqlite' ? builder.modifyEnd(sql`strict`) : builder;
}
