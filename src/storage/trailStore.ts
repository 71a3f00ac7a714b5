import type { Kysely } from 'kysely';
import type { Trail } from '../app/ports/trail';
import type { TrailDeed } from '../domain/staff/trail';
import type { Database } from './schema';

/** Stores the trail of who looked at and changed the files of people. */
export function trailStore(db: Kysely<Database>): Trail {
  return {
    async add(entries) {
      if (entries.length === 0) return;
      const rows = entries.map(({ id, deskId, at, by, deed, about }) => ({
        ...{ id, at, deed, about },
        ...{ desk_id: deskId, by_name: by },
      }));
      await db.insertInto('trail_entry').values(rows).execute();
    },

    async about(id, limit) {
      const rows = await db
        .selectFrom('trail_entry')
        .selectAll()
        .where('about', '=', id)
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        ...{ deskId: row.desk_id, at: row.at, by: row.by_name, deed: row.deed as TrailDeed, about: row.about },
      }));
    },
  };
}
