import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import type { Interpreting } from '../domain/booking/interpreting';
import type { NotedOutcome } from '../domain/booking/outcome';
import { fromNullableJson, toNullableJson } from './json';
import type { Database } from './schema';

/** Stands where the name stood. */
const NOBODY = '—';

/** Erases what is known of a client, and of who interpreted. A mail that still waits keeps its facts until it has gone out. */
export function erasureStore(db: Kysely<Database>): Pick<BookingStore, 'erase'> {
  return {
    async erase(id, now) {
      const kept = await db
        .selectFrom('booking')
        .select(['interpreting_json', 'outcome_json'])
        .where('id', '=', id)
        .executeTakeFirst();
      const interpreting = fromNullableJson<Interpreting>(kept?.interpreting_json ?? null);
      const outcome = fromNullableJson<NotedOutcome>(kept?.outcome_json ?? null);
      await db
        .updateTable('booking')
        .set({
          ...{ client_name: NOBODY, client_email: null, client_phone: null, client_key: null, search_text: '' },
          ...{ note: null, answers_json: '{}', on_behalf_json: null, people_json: null, support_json: null },
          // Whom the client was referred to counts in the figures; what was agreed with them does not.
          outcome_json: toNullableJson(outcome && { ...outcome, nextSteps: [] }),
          // The language of the consultation counts in the figures; who interpreted does not.
          interpreting_json: toNullableJson(interpreting && { ...interpreting, name: null }),
          ...{ token_hash: `erased ${id}`, token_hash_previous: null, holder: null, erased_at: now },
        })
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
      await db.updateTable('booking_event').set({ reason: null }).where('booking_id', '=', id).execute();
      for (const table of [
        'task',
        'booking_origin',
        'booking_reply',
        'time_question',
        'queue_entry',
        'case_meeting',
      ] as const)
        await db.deleteFrom(table).where('booking_id', '=', id).execute();
      await db.updateTable('webhook_delivery').set({ client_json: null }).where('booking_id', '=', id).execute();
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
