import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Outdated, RetentionStore, ToFact } from '../app/ports/retention';
import type { ConsultationFact } from '../domain/booking/consultationFact';
import { GIVE_UP_AFTER_MS } from '../domain/notifications/attempts';
import { BOOKED, toBooking } from './bookingRows';
import { leaveMeetings, outdatedCases } from './caseRetention';
import type { Engine } from './engine';
import { addFacts, lastCancellations, lastClosedMonth, sentReminders } from './figureStore';
import { fromJson } from './json';
import type { Database } from './schema';

/** Counts and purges outdated data. Each kind is one condition, used for counting and for purging. */
export function retentionStore(db: Kysely<Database>, engine: Engine): RetentionStore {
  const at = (deskId: string) => sql`desk_id = ${deskId}`;
  const ended = (deskId: string, until: number) =>
    sql<SqlBool>`${at(deskId)} and status in (${sql.join([...BOOKED])}) and ends_at <= ${until}`;

  /** Bookings that are deleted, with all that belongs to them; a fact replaces each. */
  const replaced = (over: Condition, toFact: ToFact) =>
    changing(db, 'booking', over, async (ids) => {
      const bookings = ids as string[];
      const rows = await db.selectFrom('booking').selectAll().where('id', 'in', bookings).execute();
      const all = rows.map(toBooking);
      const these = sql`booking.id in (${sql.join(bookings)})`;
      const [cancelled, reminded] = [await lastCancellations(db, these), await sentReminders(db, these)];
      await addFacts(
        db,
        engine,
        await notYetCounted(
          db,
          all.map((booking) => toFact(booking, cancelled.get(booking.id), reminded.get(booking.id))),
        ),
      );
      await leaveMeetings(db, bookings);
      for (const table of [
        'task',
        'outbox',
        'reminder',
        'booking_event',
        'booking_origin',
        'booking_reply',
        'staff_operation_line',
        'time_question',
        'queue_entry',
      ] as const)
        await db.deleteFrom(table).where('booking_id', 'in', bookings).execute();
      // A message that still waits goes out, without the client.
      await db.updateTable('webhook_delivery').set({ client_json: null }).where('booking_id', 'in', bookings).execute();
      await db.deleteFrom('booking').where('id', 'in', bookings).execute();
    });

  return {
    drafts: ({ deskId, until }) =>
      dropping(db, 'booking', ['id'], sql`${at(deskId)} and status in ('held', 'lapsed') and held_until <= ${until}`),

    messages: ({ deskId, until }, now) =>
      changing(
        db,
        'outbox',
        sql`${at(deskId)} and blanked_at is null and state <> 'waiting' and created_at <= ${until}
          and coalesce(sent_at, next_at) <= ${until}`,
        async (ids) => {
          const messages = ids as number[];
          // Nothing else is about them.
          await db.deleteFrom('outbox').where('id', 'in', messages).where('booking_id', 'is', null).execute();
          await db
            .updateTable('outbox')
            .set({ message_json: '{}', facts_json: null, content: null, address: '', blanked_at: now })
            .where('id', 'in', messages)
            .execute();
        },
      ),

    deliveries: ({ deskId, until }) =>
      dropping(
        db,
        'webhook_delivery',
        ['number'],
        sql`${at(deskId)} and (state <> 'waiting' and coalesce(tried_at, created_at) <= ${until}
          or wanted_at <= ${until - GIVE_UP_AFTER_MS})`,
      ),

    freeTexts: ({ deskId, until }) =>
      changing(
        db,
        'booking',
        sql`${ended(deskId, until)} and (note is not null or support_json is not null or exists
          (select 1 from booking_event where booking_id = booking.id and reason is not null))`,
        async (ids) => {
          const bookings = ids as string[];
          await db.updateTable('booking').set({ note: null, support_json: null }).where('id', 'in', bookings).execute();
          await db.updateTable('booking_event').set({ reason: null }).where('booking_id', 'in', bookings).execute();
        },
      ),

    answers: ({ deskId, until }, to) => {
      const meant =
        'question' in to
          ? sql`key = ${to.question}`
          : to.allBut.length > 0
            ? sql`key not in (${sql.join([...to.allBut])})`
            : sql`1 = 1`;
      const isMeant = (id: string) => ('question' in to ? id === to.question : !to.allBut.includes(id));
      return changing(
        db,
        'booking',
        sql`${ended(deskId, until)} and topic_id = ${to.topicId} and answers_json <> '{}' and exists
          (select 1 from ${ENTRIES[engine.name]} where ${meant})`,
        async (ids) => {
          const rows = await db
            .selectFrom('booking')
            .select(['id', 'answers_json'])
            .where('id', 'in', ids as string[])
            .execute();
          for (const { id, answers_json } of rows) {
            const staying = Object.entries(fromJson<object>(answers_json ?? '{}')).filter(
              ([question]) => !isMeant(question),
            );
            const kept = { answers_json: JSON.stringify(Object.fromEntries(staying)) };
            await db.updateTable('booking').set(kept).where('id', '=', id).execute();
          }
        },
      );
    },

    absenceReasons: ({ deskId, until }) =>
      changing(db, 'absence', sql`${at(deskId)} and reason is not null and ends_at <= ${until}`, async (ids) => {
        await db
          .updateTable('absence')
          .set({ reason: null })
          .where('id', 'in', ids as string[])
          .execute();
      }),

    hoursVersions: ({ deskId, until }) =>
      dropping(
        db,
        'hours_version',
        ['id'],
        sql`${at(deskId)} and at <= ${until}
          and number < (select max(number) from hours_version as newer where newer.desk_id = ${deskId})`,
      ),

    bookings: ({ deskId, until }, now, toFact) =>
      replaced(
        sql`${ended(deskId, until)} and not exists
          (select 1 from outbox where booking_id = booking.id and state = 'waiting' and lease_until > ${now})`,
        toFact,
      ),
    erased: (deskId, toFact) =>
      replaced(
        sql`${at(deskId)} and erased_at is not null and not exists
          (select 1 from outbox where booking_id = booking.id and state = 'waiting')`,
        toFact,
      ),

    idempotencyKeys: ({ deskId, until }) =>
      dropping(db, 'idempotency_key', ['scope', 'key'], sql`desk_id = ${deskId} and created_at <= ${until}`),
    operations: ({ deskId, until }) =>
      changing(db, 'staff_operation', sql`${at(deskId)} and at <= ${until}`, async (ids) => {
        const operations = ids as string[];
        await db.deleteFrom('staff_operation_line').where('operation_id', 'in', operations).execute();
        await db.deleteFrom('staff_operation').where('id', 'in', operations).execute();
      }),
    plans: ({ deskId, until }) => dropping(db, 'absence_plan', ['id'], sql`${at(deskId)} and created_at <= ${until}`),
    queue: ({ deskId, until }) => dropping(db, 'queue_entry', ['id'], sql`${at(deskId)} and arrived_at <= ${until}`),
    waiting: ({ deskId, until }) => dropping(db, 'waiting_entry', ['id'], sql`${at(deskId)} and ended_at <= ${until}`),
    cases: (at, toFact) => outdatedCases(db, at, toFact),
    trail: ({ deskId, until }) => dropping(db, 'trail_entry', ['id'], sql`${at(deskId)} and at <= ${until}`),
    origins: (until) => dropping(db, 'booking_origin', ['booking_id', 'width'], sql`at <= ${until}`),
    unmetDemand: ({ deskId, week }) =>
      dropping(
        db,
        'unmet_demand',
        ['desk_id', 'week', 'topic_id', 'language'],
        sql`desk_id = ${deskId} and week < ${week}`,
      ),
    rateLimits: (until) => dropping(db, 'rate_limit', ['key'], sql`window_ends <= ${until}`),
    sessions: ({ seen, created, ahead }) =>
      dropping(
        db,
        'session',
        ['id_hash'],
        sql`(seen_at <= ${seen} or created_at <= ${created} or created_at >= ${ahead})`,
      ),
  };
}

/** Leaves out what the close of its month has counted already. */
async function notYetCounted(db: Kysely<Database>, facts: readonly ConsultationFact[]): Promise<ConsultationFact[]> {
  const closed = new Map<string, string | null>();
  for (const { deskId } of facts) if (!closed.has(deskId)) closed.set(deskId, await lastClosedMonth(db, deskId));
  return facts.filter(({ deskId, month }) => month > (closed.get(deskId) ?? ''));
}

/** The answers of a booking as rows with a `key`. */
const ENTRIES: Readonly<Record<Engine['name'], RawBuilder<unknown>>> = {
  sqlite: sql`json_each(answers_json)`,
  postgres: sql`json_each(answers_json::json)`,
};

type Condition = RawBuilder<unknown>;

/** A kind whose rows are deleted. */
function dropping(db: Kysely<Database>, table: keyof Database, keys: readonly string[], over: Condition): Outdated {
  const rows = sql.table(table);
  const key = sql.join(keys.map((each) => sql.ref(each)));
  return {
    count: () => countOf(db, table, over),
    async forget(limit) {
      const { numAffectedRows } =
        await sql`delete from ${rows} where (${key}) in (select ${key} from ${rows} where ${over} limit ${limit})`.execute(
          db,
        );
      return Number(numAffectedRows ?? 0n);
    },
  };
}

/** A kind whose rows are changed instead of deleted. `change` gets their ids, at least one. */
function changing(
  db: Kysely<Database>,
  table: 'booking' | 'outbox' | 'absence' | 'staff_operation',
  over: Condition,
  change: (ids: readonly (string | number)[]) => Promise<void>,
): Outdated {
  return {
    count: () => countOf(db, table, over),
    async forget(limit) {
      const { rows } = await sql<{ id: string | number }>`
        select id from ${sql.table(table)} where ${over} limit ${limit}`.execute(db);
      if (rows.length > 0) await change(rows.map(({ id }) => id));
      return rows.length;
    },
  };
}

async function countOf(db: Kysely<Database>, table: keyof Database, over: Condition): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from ${sql.table(table)} where ${over}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
