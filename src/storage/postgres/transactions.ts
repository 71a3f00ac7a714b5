import { type Kysely, sql } from 'kysely';
import { DomainError } from '../../domain/errors';
import type { Database } from '../schema';
import { asRefusal, codeOf } from './refusals';

/** A transaction that met another one's is tried again this often. */
const MAX_TRIES = 6;

/** PostgreSQL has one lock for the writers of a desk, and one above it for whoever writes anywhere. Two numbers of ours. */
const EVERYWHERE = 0x5350_0001;
const DESK = 0x5350_0002;

/** Runs work in one transaction, again where the database says that only chance was in its way. */
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
        if (tries < MAX_TRIES && isWorthAnotherTry(error, decided)) continue;
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
    ? sql`select pg_advisory_xact_lock(${EVERYWHERE}::bigint)`
    : sql`select pg_advisory_xact_lock_shared(${EVERYWHERE}::bigint), pg_advisory_xact_lock(${DESK}::int, hashtext(${desk}))`
  ).execute(trx);
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';

/**
 * Two transactions met (a unique key that both found free counts: the second one's next try finds it taken), or the connection broke
 * before the work was decided. If it breaks at COMMIT, nobody knows whether it was done, and doing it twice would double it.
 */
function isWorthAnotherTry(error: unknown, decided: boolean): boolean {
  const code = codeOf(error instanceof DomainError ? error.cause : error);
  if ([SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION].includes(code)) return true;
  return !decided && error instanceof DomainError && error.code === 'unavailable' && error.details.broken === true;
}
