import { type Kysely, sql } from 'kysely';
import { DomainError } from '../../domain/errors';
import type { Database } from '../schema';
import { asRefusal, codeOf, isBroken } from './refusals';

/** How often a transaction is tried that PostgreSQL aborts because of another one. */
const MAX_TRIES = 6;

/**
 * The numbers of our advisory locks. Writers at a desk share EVERYWHERE_LOCK and take the lock of class DESK_LOCK alone; a writer that names no desk takes
 * EVERYWHERE_LOCK alone.
 */
const EVERYWHERE_LOCK = 0x5350_0001;
const DESK_LOCK = 0x5350_0002;

/** Runs the work in one transaction, and again if the database aborted it because of another transaction. */
export function transactions(db: Kysely<Database>) {
  return async <T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      let decided = false;
      try {
        return await db.transaction().execute(async (trx) => {
          const result = await work(trx);
          decided = true;
          return result;
        });
      } catch (error) {
        // If the connection breaks at COMMIT, nobody knows whether it was done, and doing it twice would double it.
        if (tries < MAX_TRIES && (isWorthAnotherTry(error) || (!decided && isBroken(error)))) continue;
        throw error instanceof DomainError ? error : asRefusal(error);
      }
    }
  };
}

/**
 * Waits until nobody else writes at the desk, or anywhere. The lock goes with the transaction. Taken by the first statement of the
 * transaction, so that all others see what the writers before have committed.
 */
export async function lock(trx: Kysely<Database>, desk: string | undefined): Promise<void> {
  await (desk === undefined
    ? sql`select pg_advisory_xact_lock(${EVERYWHERE_LOCK}::bigint)`
    : sql`select pg_advisory_xact_lock_shared(${EVERYWHERE_LOCK}::bigint), pg_advisory_xact_lock(${DESK_LOCK}::int, hashtext(${desk}))`
  ).execute(trx);
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';

/** Two transactions met. A unique key that both found free counts: the second one's next try finds it taken. */
export function isWorthAnotherTry(error: unknown): boolean {
  const code = codeOf(error instanceof DomainError ? error.cause : error);
  return [SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION].includes(code);
}
