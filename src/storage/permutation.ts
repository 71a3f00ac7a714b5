import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import type { Engine } from './engine';
import type { Database } from './schema';

/** The part of the booking store that lets rows change places, in each database's own way: see `migrations/0007-permutation`. */
export function permuting(db: Kysely<Database>, { name }: Engine): BookingStore['permute'] {
  const { before, after } = name === 'sqlite' ? lifting(db) : deferring(db);
  return async (ids, work) => {
    // Nobody is in the way of one alone.
    if (ids.length < 2) return work();
    await before(ids);
    await work();
    await after(ids);
  };
}

function deferring(db: Kysely<Database>) {
  return {
    before: () => sql`set constraints booking_no_overlap deferred`.execute(db),
    // Now, not at the commit: so whoever asked hears what is wrong.
    after: () => sql`set constraints booking_no_overlap immediate`.execute(db),
  };
}

function lifting(db: Kysely<Database>) {
  return {
    before: (ids: readonly string[]) =>
      db
        .insertInto('lifted')
        .values(ids.map((id) => ({ booking_id: id })))
        .execute(),
    after: (ids: readonly string[]) => db.deleteFrom('lifted').where('booking_id', 'in', ids).execute(),
  };
}
