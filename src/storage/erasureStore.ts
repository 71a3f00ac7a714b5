import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import type { Database } from './schema';

/** Stands where the name stood. */
const NOBODY = '—';

/** Erases what is known of a client. A mail that still waits keeps its facts until it has gone out. */
export function erasureStore(db: Kysely<Database>): Pick<BookingStore, 'erase'> {
  return {
    async erase(id, now) {
      await db
        .updateTable('booking')
        .set({
          ...{ client_name: NOBODY, client_email: null, client_phone: null, client_key: null, search_text: '' },
          ...{ note: null, answers_json: '{}', on_behalf_json: null, people_json: null, support_json: null },
          ...{ token_hash: `erased ${id}`, token_hash_previous: null, holder: null, erased_at: now },
        })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
      await db.updateTable('booking_event').set({ reason: null }).where('booking_id', '=', id).execute();
      for (const table of ['task', 'booking_origin', 'time_question', 'queue_entry'] as const)
        await db.deleteFrom(table).where('booking_id', '=', id).execute();
      await db
        .deleteFrom('idempotency_key')
        .where(sql<boolean>`result_json like ${`%${id}%`}`)
        .execute();
      await db
        .updateTable('outbox')
        .set({ message_json: '{}', facts_json: null, content: null, address: '', blanked_at: now })
        .where('booking_id', '=', id)
        .where('state', '<>', 'waiting')
        .execute();
    },
  };
}
