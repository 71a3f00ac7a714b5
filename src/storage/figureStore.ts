import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { FigureStore } from '../app/ports/figures';
import type { Cancellation, ConsultationFact, SentReminder } from '../domain/booking/consultationFact';
import type { Mode } from '../domain/desk';
import type { Month } from '../domain/figures/months';
import type { FactCount, MonthTables } from '../domain/figures/monthTables';
import { BOOKED } from './bookingRows';
import type { Engine } from './engine';
import { fromJson } from './json';
import { insertAtOnce } from './rowsAtOnce';
import type { Database } from './schema';

/** Stores the figures of desks. */
export function figureStore(db: Kysely<Database>, engine: Engine): FigureStore {
  return {
    lastClosed: (deskId) => lastClosedMonth(db, deskId),

    async firstStart(deskId) {
      const row = await db
        .selectFrom('booking')
        .select((eb) => eb.fn.min('starts_at').as('start'))
        .where('desk_id', '=', deskId)
        .where('status', 'in', [...BOOKED])
        .executeTakeFirst();
      return row?.start === null || row?.start === undefined ? null : Number(row.start);
    },

    async firstFact(deskId) {
      const row = await db
        .selectFrom('consultation_fact')
        .select((eb) => eb.fn.min('month').as('month'))
        .where('desk_id', '=', deskId)
        .executeTakeFirst();
      return row?.month ?? null;
    },

    cancellations: (deskId, { start, end }) =>
      lastCancellations(
        db,
        sql`booking.desk_id = ${deskId} and booking.starts_at >= ${start} and booking.starts_at < ${end}`,
      ),

    reminders: (deskId, { start, end }) =>
      sentReminders(
        db,
        sql`booking.desk_id = ${deskId} and booking.starts_at >= ${start} and booking.starts_at < ${end}`,
      ),

    async countStarts(deskId, { start, end }) {
      const row = await db
        .selectFrom('booking')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('desk_id', '=', deskId)
        .where('status', 'in', [...BOOKED])
        .where('starts_at', '>=', start)
        .where('starts_at', '<', end)
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },

    addFacts: (facts) => addFacts(db, engine, facts),

    async facts({ deskId, from, to }) {
      const rows = await db
        .selectFrom('consultation_fact')
        .select(['month', 'topic_id', 'language', 'mode', 'source', 'status', 'waiting_days', 'reminded_days'])
        .select([
          sql<number>`coalesce(cancelled_late, 0)`.as('late'),
          sql<number>`coalesce(given_back, 0)`.as('back'),
          sql<number>`count(*)`.as('count'),
          sql<number>`sum(coalesce(persons, attendees))`.as('persons'),
          sql<number>`sum(coalesce(minutes, 0))`.as('minutes'),
        ])
        .where('desk_id', '=', deskId)
        .where('month', '>=', from)
        .where('month', '<=', to)
        .groupBy([
          'month',
          'topic_id',
          'language',
          'mode',
          'source',
          'status',
          'waiting_days',
          'reminded_days',
          sql`coalesce(cancelled_late, 0)`,
          sql`coalesce(given_back, 0)`,
        ])
        .execute();
      return rows.map(
        (row): FactCount => ({
          month: row.month,
          topicId: row.topic_id,
          language: row.language,
          mode: row.mode as Mode,
          source: row.source as FactCount['source'],
          status: row.status as FactCount['status'],
          isCancelledLate: Number(row.late) === 1,
          isGivenBack: Number(row.back) === 1,
          reminded: row.reminded_days,
          waitingDays: row.waiting_days,
          count: Number(row.count),
          persons: Number(row.persons),
          minutes: Number(row.minutes),
        }),
      );
    },

    async close({ deskId, month, closedAt, tables, use }) {
      await db
        .insertInto('figure_month')
        .values({
          desk_id: deskId,
          month,
          closed_at: closedAt,
          tables_json: JSON.stringify(tables),
          offered_hours: use.offeredHours,
          used_percent: use.usedPercent,
        })
        .execute();
    },

    async closed({ deskId, from, to }) {
      const rows = await db
        .selectFrom('figure_month')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('month', '>=', from)
        .where('month', '<=', to)
        .orderBy('month')
        .execute();
      return rows.map((row) => ({
        deskId,
        month: row.month,
        closedAt: row.closed_at,
        tables: fromJson<MonthTables>(row.tables_json),
        use: { offeredHours: row.offered_hours, usedPercent: row.used_percent },
      }));
    },

    async addSamples(samples) {
      await insertAtOnce(db, engine, {
        table: 'waiting_sample',
        rows: samples.map(({ deskId, date, topicId, language, firstDays, thirdDays }) => ({
          ...{ desk_id: deskId, date, topic_id: topicId, language },
          ...{ first_days: firstDays, third_days: thirdDays },
        })),
        isOnce: true,
      });
    },

    async lastSampled(deskId) {
      const row = await db
        .selectFrom('waiting_sample')
        .select((eb) => eb.fn.max('date').as('date'))
        .where('desk_id', '=', deskId)
        .executeTakeFirst();
      return row?.date ?? null;
    },

    async samples({ deskId, from, to }) {
      const rows = await db
        .selectFrom('waiting_sample')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('date', '>=', `${from}-01`)
        .where('date', '<=', `${to}-31`)
        .execute();
      return rows.map((row) => ({
        deskId,
        date: row.date,
        topicId: row.topic_id,
        language: row.language,
        firstDays: row.first_days,
        thirdDays: row.third_days,
      }));
    },
  };
}

/** Returns the desk's last closed month; null: none is. */
export async function lastClosedMonth(db: Kysely<Database>, deskId: string): Promise<Month | null> {
  const row = await db
    .selectFrom('figure_month')
    .select((eb) => eb.fn.max('month').as('month'))
    .where('desk_id', '=', deskId)
    .executeTakeFirst();
  return row?.month ?? null;
}

/** Returns how the cancelled bookings among these were cancelled last, by booking id. */
export async function lastCancellations(
  db: Kysely<Database>,
  bookings: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, Cancellation>> {
  const { rows } = await sql<{ id: string; at: number; by_kind: string }>`
    select booking.id as id, booking_event.at as at, booking_event.by_kind as by_kind
    from booking join booking_event on booking_event.booking_id = booking.id
    where ${bookings as RawBuilder<SqlBool>} and booking.status = 'cancelled' and booking_event.type = 'cancelled'
    order by booking_event.id`.execute(db);
  return new Map(rows.map(({ id, at, by_kind }) => [id, { at: Number(at), byClient: by_kind === 'client' }]));
}

/** Returns the reminders that were queued for the present start of these bookings, by booking id. */
export async function sentReminders(
  db: Kysely<Database>,
  bookings: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, readonly SentReminder[]>> {
  const { rows } = await sql<{ id: string; days: number; at: number }>`
    select booking.id as id, reminder.days_before as days, reminder.at as at
    from booking join reminder on reminder.booking_id = booking.id and reminder.starts_at = booking.starts_at
    where ${bookings as RawBuilder<SqlBool>}`.execute(db);
  const sent = new Map<string, SentReminder[]>();
  for (const { id, days, at } of rows) {
    const reminder = { daysBefore: Number(days), at: Number(at) };
    sent.set(id, [...(sent.get(id) ?? []), reminder]);
  }
  return sent;
}

/**
 * Adds facts in an order that tells nothing of when they happened.
 */
export async function addFacts(
  db: Kysely<Database>,
  engine: Engine,
  facts: readonly ConsultationFact[],
): Promise<void> {
  const rows = facts
    .map(toFactRow)
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
  await insertAtOnce(db, engine, { table: 'consultation_fact', rows });
}

function toFactRow(fact: ConsultationFact): Database['consultation_fact'] {
  return {
    desk_id: fact.deskId,
    month: fact.month,
    topic_id: fact.topicId,
    language: fact.language,
    mode: fact.mode,
    source: fact.source,
    status: fact.status,
    attendees: fact.attendees,
    on_behalf: fact.onBehalf ? 1 : 0,
    waiting_days: fact.waitingDays,
    cancelled_late: fact.isCancelledLate ? 1 : 0,
    given_back: fact.isGivenBack ? 1 : 0,
    reminded_days: fact.reminded,
    persons: fact.persons,
    minutes: fact.minutes,
    follow_up: fact.isFollowUp ? 1 : 0,
    referred_to: fact.referredTo,
    client_group: fact.group,
  };
}
