import type { Kysely } from 'kysely';
import type { Engine } from '../engine';
import type { Database } from '../schema';

/** Forward only, run once, all pending ones in one transaction. Never edited after it landed. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  up(db: Kysely<Database>, engine: Engine): Promise<void>;
}
