import type { Kysely, Selectable } from 'kysely';
import type { OperationStore } from '../app/ports/operations';
import type { BookingPlace, OperationLine, StaffOperation, Tell } from '../domain/booking/operation';
import { fromJson } from './json';
import type { Database } from './schema';

/** Stores operations of staff, each with its lines in the order in which they were asked for. */
export function operationStore(db: Kysely<Database>): OperationStore {
  const whole = async (row: Selectable<Database['staff_operation']> | undefined) => {
    if (!row) return undefined;
    const lines = await db
      .selectFrom('staff_operation_line')
      .selectAll()
      .where('operation_id', '=', row.id)
      .orderBy('position')
      .execute();
    return toOperation(row, lines.map(toLine));
  };

  return {
    async add({ id, deskId, at, undoes, undoneAt, lines }) {
      await db.insertInto('staff_operation').values({ id, desk_id: deskId, at, undoes, undone_at: undoneAt }).execute();
      await db
        .insertInto('staff_operation_line')
        .values(
          lines.map(({ bookingId, isAsked, tell, before, version }, position) => ({
            operation_id: id,
            position,
            booking_id: bookingId,
            asked: isAsked ? 1 : 0,
            tell,
            before_json: JSON.stringify(before),
            version,
          })),
        )
        .execute();
    },

    async find(id) {
      return whole(await db.selectFrom('staff_operation').selectAll().where('id', '=', id).executeTakeFirst());
    },

    async lastOf(bookingId) {
      const row = await db
        .selectFrom('staff_operation as o')
        .innerJoin('staff_operation_line as l', 'l.operation_id', 'o.id')
        .selectAll('o')
        .where('l.booking_id', '=', bookingId)
        .where('l.asked', '=', 1)
        .orderBy('l.version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return whole(row);
    },

    async markUndone(id, now) {
      const { numUpdatedRows } = await db
        .updateTable('staff_operation')
        .set({ undone_at: now })
        .where('id', '=', id)
        .where('undone_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function toOperation(row: Selectable<Database['staff_operation']>, lines: readonly OperationLine[]): StaffOperation {
  const { id, desk_id: deskId, at, undoes, undone_at: undoneAt } = row;
  return { id, deskId, at, undoes, undoneAt, lines };
}

function toLine(row: Selectable<Database['staff_operation_line']>): OperationLine {
  return {
    bookingId: row.booking_id,
    isAsked: row.asked === 1,
    tell: row.tell as Tell,
    before: fromJson<BookingPlace>(row.before_json),
    version: row.version,
  };
}
