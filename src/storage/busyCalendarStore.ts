import type { Kysely, Selectable } from 'kysely';
import type { BusyCalendarStore } from '../app/ports/busyCalendars';
import type { BusyCalendar } from '../domain/calendars/busyCalendar';
import type { Database } from './schema';

/** Stores the own calendars of advisors. */
export function busyCalendarStore(db: Kysely<Database>): BusyCalendarStore {
  const all = () => db.selectFrom('busy_calendar').selectAll();
  const store: BusyCalendarStore = {
    async find(deskId, advisorId) {
      const row = await all().where('desk_id', '=', deskId).where('advisor_id', '=', advisorId).executeTakeFirst();
      return row && toCalendar(row);
    },

    async due(triedUntil) {
      return (await all().where('tried_at', '<=', triedUntil).orderBy('tried_at').orderBy('id').execute()).map(
        toCalendar,
      );
    },

    async all() {
      return (await all().orderBy('id').execute()).map(toCalendar);
    },

    async put(calendar) {
      await store.remove(calendar.deskId, calendar.advisorId);
      await db.insertInto('busy_calendar').values(toRow(calendar)).execute();
    },

    async remove(deskId, advisorId) {
      await db.deleteFrom('busy_calendar').where('desk_id', '=', deskId).where('advisor_id', '=', advisorId).execute();
    },
  };
  return store;
}

function toCalendar(row: Selectable<Database['busy_calendar']>): BusyCalendar {
  return {
    ...{ id: row.id, deskId: row.desk_id, advisorId: row.advisor_id, host: row.host, sealedUrl: row.url_sealed },
    ...{ tag: row.tag, modified: row.modified, events: row.events, unread: row.unread, problem: row.problem },
    ...{ readAt: row.read_at, expandedAt: row.expanded_at, triedAt: row.tried_at },
  };
}

function toRow(calendar: BusyCalendar): Selectable<Database['busy_calendar']> {
  const { id, deskId, advisorId, host, sealedUrl, tag, modified, events, unread, problem } = calendar;
  return {
    ...{ id, desk_id: deskId, advisor_id: advisorId, host, url_sealed: sealedUrl },
    ...{ tag, modified, events, unread, problem },
    ...{ read_at: calendar.readAt, expanded_at: calendar.expandedAt, tried_at: calendar.triedAt },
  };
}
