import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import type { Engine } from './engine';
import type { Database } from './schema';

/**
 * The method of the booking store that lets bookings exchange advisors and times. Each database relaxes its guard
 * against overlap in its own way, see `migrations/0007-permutation`.
 */
export function permuting(db: Kysely<Database>, { name }: Engine): BookingStore['permute'] {
  const { before, after } = name === 'sqlite' ? lifting(db) : deferring(db);
  return async (ids, work) => {
    // A single booking cannot be in its own way.
    if (ids.length < 2) return work();
    await before(ids);
    await work();
    await after(ids);
  };
}

function deferring(db: Kysely<Database>) {
  return {
    before: () => sql`set constraints booking_no_overlap deferred`.execute(db),
    // The constraint is checked now instead of at the commit, so that `permute` throws the refusal.
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
