import type { Kysely } from 'kysely';
import type { Database } from '../schema';

/** What differs between the databases, one word per concept. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of an instant in epoch milliseconds. */
  readonly instant: 'integer' | 'bigint';
}

/** Forward only, run once, all pending ones in one transaction. Never edited after it landed. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  up(db: Kysely<Database>, engine: Engine): Promise<void>;
}
