import type { Kysely, Selectable } from 'kysely';
import type { PlanStore, TimeQuestion } from '../app/ports/plans';
import type { AbsencePlan, PlanLine, PlannedAbsence } from '../domain/booking/absencePlan';
import { fromJson } from './json';
import type { Database } from './schema';

/** Stores plans as they were proposed or carried out, and the questions to clients that are open. */
export function planStore(db: Kysely<Database>): PlanStore {
  return {
    async save(plan) {
      const { id, ...row } = toRow(plan);
      await db
        .insertInto('absence_plan')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async find(id) {
      const row = await db.selectFrom('absence_plan').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toPlan(row);
    },

    async committed(deskId) {
      const rows = await db
        .selectFrom('absence_plan')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('state', '=', 'committed')
        .orderBy('committed_at', 'desc')
        .execute();
      return rows.map(toPlan);
    },

    async ask({ bookingId, deskId, version, until }) {
      const row = { desk_id: deskId, version, until };
      await db
        .insertInto('time_question')
        .values({ booking_id: bookingId, ...row })
        .onConflict((conflict) => conflict.column('booking_id').doUpdateSet(row))
        .execute();
    },

    async question(bookingId) {
      const row = await db
        .selectFrom('time_question')
        .selectAll()
        .where('booking_id', '=', bookingId)
        .executeTakeFirst();
      return row && toQuestion(row);
    },

    async unanswered(now) {
      const rows = await db
        .selectFrom('time_question')
        .selectAll()
        .where('until', '<=', now)
        .orderBy('until')
        .execute();
      return rows.map(toQuestion);
    },

    async settle(bookingId) {
      const { numDeletedRows } = await db
        .deleteFrom('time_question')
        .where('booking_id', '=', bookingId)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}

/** The parts of a plan that are stored as JSON. */
type Parts = Pick<PlannedAbsence, 'advisorIds' | 'time' | 'kind' | 'reason' | 'notice' | 'hours'> &
  Pick<AbsencePlan, 'absenceIds' | 'exceptionIds' | 'rulesBefore' | 'backAt'>;

type LaterParts = 'backAt' | 'hours' | 'rulesBefore';
type StoredParts = Omit<Parts, LaterParts> & Partial<Pick<Parts, LaterParts>>;

function toRow({ id, deskId, state, lines, operationId, createdAt, committedAt, ...parts }: AbsencePlan) {
  return {
    id,
    desk_id: deskId,
    state,
    parts_json: JSON.stringify(parts satisfies Parts),
    lines_json: JSON.stringify(lines),
    operation_id: operationId,
    created_at: createdAt,
    committed_at: committedAt,
  };
}

function toPlan(row: Selectable<Database['absence_plan']>): AbsencePlan {
  // Plans that were stored before an early return, or a change of hours, could be noted have none.
  const { backAt = null, hours = null, rulesBefore = null, ...parts } = fromJson<StoredParts>(row.parts_json);
  return {
    id: row.id,
    deskId: row.desk_id,
    state: row.state,
    ...parts,
    ...{ backAt, hours, rulesBefore },
    lines: fromJson<PlanLine[]>(row.lines_json),
    operationId: row.operation_id,
    createdAt: row.created_at,
    committedAt: row.committed_at,
  };
}

function toQuestion(row: Selectable<Database['time_question']>): TimeQuestion {
  return { bookingId: row.booking_id, deskId: row.desk_id, version: row.version, until: row.until };
}
