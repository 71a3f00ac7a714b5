import type { Kysely } from 'kysely';
import type { IdempotencyKeys } from '../app/ports/idempotencyKeys';
import { fromJson } from './json';
import type { Database } from './schema';

/**
 * Stores answers as JSON by key. `add` fails if the key exists, because `idempotently` has looked for it in the same
 * transaction.
 */
export function idempotencyKeys(db: Kysely<Database>): IdempotencyKeys {
  return {
    async find(scope, key) {
      const row = await db
        .selectFrom('idempotency_key')
        .selectAll()
        .where('scope', '=', scope)
        .where('key', '=', key)
        .executeTakeFirst();
      return (
        row && {
          scope,
          key,
          deskId: row.desk_id,
          fingerprint: row.fingerprint,
          result: fromJson<unknown>(row.result_json),
          createdAt: row.created_at,
        }
      );
    },

    async add({ scope, key, deskId, fingerprint, result, createdAt }) {
      await db
        .insertInto('idempotency_key')
        .values({
          scope,
          key,
          desk_id: deskId,
          fingerprint,
          result_json: JSON.stringify(result ?? null),
          created_at: createdAt,
        })
        .execute();
    },
  };
}
