import type { Kysely } from 'kysely';
import type { Storage } from '../app/ports/storage';
import type { Database } from './schema';

/** What differs between the databases, one word per concept. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of an instant in epoch milliseconds. */
  readonly instant: 'integer' | 'bigint';
}

export const SQLITE: Engine = { name: 'sqlite', instant: 'integer' };
export const POSTGRES: Engine = { name: 'postgres', instant: 'bigint' };

/** A database that is open: what the program uses, and the query builder for the operator's commands that look at every table. */
export interface OpenDatabase {
  readonly storage: Storage;
  readonly db: Kysely<Database>;
  readonly engine: Engine;
}

/** How a database is opened. */
export interface OpenOptions {
  readonly now: number;
  /** Told of every statement; benches and tests count with it. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}
