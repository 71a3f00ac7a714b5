import type { Kysely, Selectable } from 'kysely';
import type { HoursVersions } from '../app/ports/hoursVersions';
import type { HoursDeed, HoursState, HoursVersion } from '../domain/hoursVersion';
import { actorRow, toActor } from './actor';
import { readCursor, writeCursor } from './cursor';
import { fromJson } from './json';
import type { Database } from './schema';

/** Stores the versions of desks' hours. */
export function hoursVersions(db: Kysely<Database>): HoursVersions {
  const newestFirst = (deskId: string) =>
    db.selectFrom('hours_version').selectAll().where('desk_id', '=', deskId).orderBy('number', 'desc');
  return {
    async add(version) {
      await db.insertInto('hours_version').values(toRow(version)).execute();
    },

    async find(id) {
      const row = await db.selectFrom('hours_version').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toVersion(row);
    },

    async latest(deskId) {
      const row = await newestFirst(deskId).limit(1).executeTakeFirst();
      return row && toVersion(row);
    },

    async list(deskId, { cursor, limit }) {
      const after = readCursor(cursor);
      const query = after ? newestFirst(deskId).where('number', '<', after.start) : newestFirst(deskId);
      const rows = await query.limit(limit + 1).execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        versions: rows.slice(0, limit).map(toVersion),
        next: last ? writeCursor({ start: last.number, id: last.id }) : null,
      };
    },
  };
}

function toRow({ id, deskId, number, at, by, what, why, validFrom, state }: HoursVersion) {
  return {
    ...{ id, desk_id: deskId, number, at, ...actorRow(by), what, why, valid_from: validFrom },
    state_json: JSON.stringify(state),
  };
}

function toVersion(row: Selectable<Database['hours_version']>): HoursVersion {
  return {
    id: row.id,
    deskId: row.desk_id,
    number: row.number,
    at: row.at,
    by: toActor(row),
    what: row.what as HoursDeed,
    why: row.why,
    validFrom: row.valid_from,
    state: fromJson<HoursState>(row.state_json),
  };
}
