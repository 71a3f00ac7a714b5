import type { Kysely, Selectable } from 'kysely';
import type { FreedPlaceStore } from '../app/ports/freedPlaces';
import type { Mode } from '../domain/desk';
import type { FreedPlace } from '../domain/slots/fairRelease';
import type { Database } from './schema';

type Row = Selectable<Database['freed_place']>;

/** Stores what was given back at desks with a fair release, until it is shown. */
export function freedPlaceStore(db: Kysely<Database>): FreedPlaceStore {
  return {
    async add(deskId, { id, advisorId, time, consultation, topicId, language, mode, freedAt, shownAt }) {
      await db
        .insertInto('freed_place')
        .values({
          ...{ id, desk_id: deskId, advisor_id: advisorId, topic_id: topicId, language, mode },
          ...{ starts_at: time.start, ends_at: consultation.end, blocked_until: time.end },
          ...{ freed_at: freedAt, shown_at: shownAt },
        })
        .execute();
    },

    async draw(id, shownAt) {
      await db
        .updateTable('freed_place')
        .set({ shown_at: shownAt })
        .where('id', '=', id)
        .where('shown_at', 'is', null)
        .execute();
    },

    async remove(ids) {
      if (ids.length > 0) await db.deleteFrom('freed_place').where('id', 'in', ids).execute();
    },
  };
}

/** Reads the places of one desk; absent: there are none. */
export function freedPlacesIn(rows: readonly Row[]): { readonly freedPlaces?: readonly FreedPlace[] } {
  return rows.length === 0 ? {} : { freedPlaces: rows.map(toPlace) };
}

function toPlace(row: Row): FreedPlace {
  const { id, advisor_id, starts_at, ends_at, blocked_until, topic_id, language, mode, freed_at, shown_at } = row;
  return {
    ...{ id, advisorId: advisor_id, topicId: topic_id, language, mode: mode as Mode },
    time: { start: starts_at, end: blocked_until },
    consultation: { start: starts_at, end: ends_at },
    ...{ freedAt: freed_at, shownAt: shown_at },
  };
}
