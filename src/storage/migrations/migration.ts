import type { Kysely } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';

/** Forward only, run once, all pending ones in one transaction. Never edited after it landed. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** @param now when it is run */
  up(db: Kysely<Database>, engine: Engine, now: number): Promise<void>;
}
