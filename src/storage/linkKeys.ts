import { type Kysely, sql } from 'kysely';
import type { LinkHashes, LinkKeys } from '../app/ports/linkKeys';
import { BOOKED } from './bookingRows';
import type { Database } from './schema';

const ONLY_ROW_ID = 1;

/** Stores the check value of SECRET in a table of one row, and the hashes of manage links with the bookings. */
export function linkKeys(db: Kysely<Database>): LinkKeys {
  const hashes = () =>
    db
      .selectFrom('booking')
      .select(['id as bookingId', sql<string>`token_hash`.as('tokenHash'), 'token_hash_previous as previousHash'])
      .where('status', 'in', BOOKED);

  return {
    async check() {
      return (await db.selectFrom('secret_check').select('value').executeTakeFirst())?.value;
    },

    async keepCheck(value) {
      await db
        .insertInto('secret_check')
        .values({ id: ONLY_ROW_ID, value })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ value }))
        .execute();
    },

    newest: () => hashes().orderBy('created_at', 'desc').limit(1).executeTakeFirst(),

    batch: (after, limit) => hashes().where('id', '>', after).orderBy('id').limit(limit).execute(),

    async replace(all: readonly LinkHashes[]) {
      for (const { bookingId, tokenHash, previousHash } of all)
        await db
          .updateTable('booking')
          .set({ token_hash: tokenHash, token_hash_previous: previousHash })
          .where('id', '=', bookingId)
          .execute();
    },
  };
}
