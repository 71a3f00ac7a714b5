import { type Kysely, sql } from 'kysely';
import { searchText } from '../../domain/booking/searchText';
import { fromNullableJson } from '../json';
import type { Database } from '../schema';
import type { Migration } from './migration';

/** Bookings per batch, so that a large database needs no more memory than a small one. */
const BOOKINGS_PER_BATCH = 500;

/**
 * Rewrites the search text of existing bookings, so that they, too, are found by the sound of a name and by the end of
 * a phone number.
 */
export const spellings: Migration = {
  number: 12,
  name: 'spellings',
  async up(db) {
    let last: string | undefined = '';
    while (last !== undefined) last = await writePiece(db, last);
  },
};

/** Rewrites one batch. @returns the id of its last booking; undefined if no booking was left */
async function writePiece(db: Kysely<Database>, after: string): Promise<string | undefined> {
  const rows = await db
    .selectFrom('booking')
    .select(['id', 'client_name', 'client_email', 'client_phone', 'reference', 'on_behalf_json'])
    .where('search_text', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BOOKINGS_PER_BATCH)
    .execute();
  if (rows.length === 0) return undefined;
  const written = rows.map((row) => {
    const text = searchText({
      client: { name: row.client_name ?? '', email: row.client_email, phone: row.client_phone },
      reference: row.reference ?? '',
      onBehalfOf: fromNullableJson(row.on_behalf_json),
      people: [],
    });
    return sql`(${row.id}, ${text})`;
  });
  await sql`update booking set search_text = written.column2 from (values ${sql.join(written)}) as written
    where booking.id = written.column1`.execute(db);
  return rows.at(-1)?.id;
}
