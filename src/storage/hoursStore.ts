import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AbsenceEntry, DeskStore } from '../app/ports/deskStore';
import { busyTimes, replaceBusyTimes } from './busyTimes';
import { readCursor, writeCursor } from './cursor';
import { exceptionRow, toException } from './deskRows';
import type { Database } from './schema';

type HoursStore = Pick<
  DeskStore,
  | 'exceptions'
  | 'addException'
  | 'replaceException'
  | 'removeException'
  | 'replaceExceptions'
  | 'absences'
  | 'enteredAbsences'
  | 'replaceBusyTimes'
  | 'absencesFrom'
  | 'findAbsence'
  | 'addAbsence'
  | 'replaceAbsence'
  | 'removeAbsence'
>;

/** Stores a desk's exceptions and its advisors' absences. */
export function hoursStore(db: Kysely<Database>): HoursStore {
  const ofDesk = (deskId: string) => db.selectFrom('absence').selectAll().where('desk_id', '=', deskId);

  const store: HoursStore = {
    async exceptions(deskId) {
      const rows = await db
        .selectFrom('hours_exception')
        .selectAll()
        .where('desk_id', '=', deskId)
        .orderBy('entered')
        .execute();
      return rows.map((row) => ({ exception: toException(row), origin: row.origin, version: row.version }));
    },

    async addException(deskId, exception, origin) {
      const entered = await nextPlace(db, deskId);
      await db
        .insertInto('hours_exception')
        .values({ ...exceptionRow(deskId, exception), entered, origin, version: 1 })
        .execute();
    },

    async replaceException(deskId, exception) {
      const entered = await nextPlace(db, deskId);
      await db
        .updateTable('hours_exception')
        .set({ ...exceptionRow(deskId, exception), entered, version: sql`version + 1` })
        .where('desk_id', '=', deskId)
        .where('id', '=', exception.id)
        .execute();
    },

    async removeException(deskId, id) {
      await db.deleteFrom('hours_exception').where('desk_id', '=', deskId).where('id', '=', id).execute();
    },

    async replaceExceptions(deskId, exceptions) {
      const wanted = new Set(exceptions.map(({ id }) => id));
      const before = (await store.exceptions(deskId)).map(({ exception }) => exception);
      for (const { id } of before) if (!wanted.has(id)) await store.removeException(deskId, id);
      const staying = before.filter(({ id }) => wanted.has(id));
      const known = new Set(staying.map(({ id }) => id));
      // From the first that is another on, each is made the newest in turn, so that the order is the one that is wanted.
      const first = exceptions.findIndex((each, i) => !isDeepStrictEqual(each, staying[i]));
      for (const exception of first < 0 ? [] : exceptions.slice(first))
        await (known.has(exception.id)
          ? store.replaceException(deskId, exception)
          : store.addException(deskId, exception, 'staff'));
    },

    async absences(deskId, range) {
      const entered = await store.enteredAbsences(deskId, range);
      const busy = await busyTimes(db, deskId, range);
      return busy.length === 0 ? entered : [...entered, ...busy].sort((a, b) => a.time.start - b.time.start);
    },

    async enteredAbsences(deskId, range) {
      const rows = await ofDesk(deskId)
        .where('ends_at', '>', range.start)
        .where('starts_at', '<', range.end)
        .orderBy('starts_at')
        .execute();
      return rows.map((row) => toEntry(row).absence);
    },

    async absencesFrom(deskId, { from, cursor, limit }) {
      const after = readCursor(cursor);
      let query = ofDesk(deskId).where('ends_at', '>', from);
      if (after)
        query = query.where((eb) =>
          eb.or([
            eb('starts_at', '>', after.start),
            eb.and([eb('starts_at', '=', after.start), eb('id', '>', after.id)]),
          ]),
        );
      const rows = await query
        .orderBy('starts_at')
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        entries: rows.slice(0, limit).map(toEntry),
        next: last ? writeCursor({ start: last.starts_at, id: last.id }) : null,
      };
    },

    replaceBusyTimes: (deskId, advisorId, busy) => replaceBusyTimes(db, { deskId, advisorId, ...busy }),

    async findAbsence(id) {
      const row = await db.selectFrom('absence').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toEntry(row);
    },

    async addAbsence(deskId, { id, advisorId, time, reason }) {
      await db
        .insertInto('absence')
        .values({
          id,
          desk_id: deskId,
          advisor_id: advisorId,
          starts_at: time.start,
          ends_at: time.end,
          reason,
          version: 1,
        })
        .execute();
    },

    async replaceAbsence({ id, time, reason }) {
      await db
        .updateTable('absence')
        .set({ starts_at: time.start, ends_at: time.end, reason, version: sql`version + 1` })
        .where('id', '=', id)
        .execute();
    },

    async removeAbsence(id) {
      await db.deleteFrom('absence').where('id', '=', id).execute();
    },
  };
  return store;
}

function toEntry(row: Selectable<Database['absence']>): AbsenceEntry {
  return {
    absence: {
      id: row.id,
      advisorId: row.advisor_id,
      time: { start: row.starts_at, end: row.ends_at },
      reason: row.reason,
    },
    deskId: row.desk_id,
    version: row.version,
  };
}

/**
 * Returns the number that makes an exception the newest of its desk. Writes at one desk are serialised, so no two get
 * the same.
 */
async function nextPlace(db: Kysely<Database>, deskId: string): Promise<number> {
  const newest = await db
    .selectFrom('hours_exception')
    .select(({ fn }) => fn.max('entered').as('entered'))
    .where('desk_id', '=', deskId)
    .executeTakeFirst();
  return (newest?.entered ?? 0) + 1;
}
