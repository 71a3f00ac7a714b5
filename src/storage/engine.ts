import type { Kysely } from 'kysely';
import type { Storage } from '../app/ports/storage';
import type { Database } from './schema';

/** The differences between the two databases that queries and migrations have to know. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of an instant in epoch milliseconds. */
  readonly instant: 'integer' | 'bigint';
}

export const SQLITE: Engine = { name: 'sqlite', instant: 'integer' };
export const POSTGRES: Engine = { name: 'postgres', instant: 'bigint' };

/**
 * An open database: the storage that the program uses, and the query builder for operator's commands that read every
 * table.
 */
export interface OpenDatabase {
  readonly storage: Storage;
  readonly db: Kysely<Database>;
  readonly engine: Engine;
}

/** How a database is opened. */
export interface OpenOptions {
  readonly now: number;
  /** Called with every statement, so that benches and tests can count them. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}
