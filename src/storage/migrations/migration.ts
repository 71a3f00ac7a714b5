import type { Kysely } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';

/**
 * A step that changes the schema forwards. It runs once; all pending ones run in one transaction. It is never edited
 * after it landed.
 */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** @param now the time at which it runs */
  up(db: Kysely<Database>, engine: Engine, now: number): Promise<void>;
}
