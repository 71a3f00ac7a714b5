import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { BookingChange, ChangePosition, ChangeReader, DeskChanges } from '../app/ports/deskChanges';
import type { BookingEvent } from '../domain/booking/booking';
import { groupBy } from '../domain/groupBy';
import { fromNullableJson } from './json';
import { DESK_ITSELF } from './revisions';
import type { Database } from './schema';

/** The most events of one look. Whoever missed more loads the page anew, which is cheaper. */
const MAX_EVENTS = 500;
/** The most events, of all desks, that a look goes through, so that an old position costs no more than a new one. */
const MAX_EVENTS_SEEN = 5_000;
/**
 * PostgreSQL gives ids to events before their transactions are committed. Writes at a desk exclude one another, so the
 * events of one desk are committed in the order of their ids, but another desk may have committed higher ones before.
 * It is more than ten transactions of the pool with sixteen writes each take up; should one take longer, its change
 * is told by the diary that it has changed.
 */
const MAX_EVENTS_UNDER_WAY = 500;

interface Row {
  readonly kind: 'booking' | 'diary' | 'revision' | 'task' | 'queue' | 'last';
  readonly desk_id: string;
  readonly number: number;
  readonly id: string;
  readonly version: number;
  readonly starts_at: number;
  readonly advisor_id: string;
  readonly time_zone: string;
  readonly from_json: string | null;
}

type AskedPositions = readonly (readonly [deskId: string, position: ChangePosition | null])[];

/**
 * Reads changes where they are stored in any case: events of bookings, the revisions that triggers count (see
 * `migrations/0004-revision`), open tasks, and who waits, in the room or for what becomes free. All is read by one statement, so that a revision is never seen without
 * the event that belongs to it.
 */
export function deskChanges(db: Kysely<Database>): ChangeReader {
  return {
    async since(asked) {
      if (asked.size === 0) return new Map();
      const rows = (await look([...asked]).execute(db)).rows;
      const last = rows.find(({ kind }) => kind === 'last')?.number ?? 0;
      const found = rows.filter(({ kind }) => kind === 'booking').sort((a, b) => a.number - b.number);
      const seenAfter = Math.max(eventsAfter([...asked]), last - MAX_EVENTS_SEEN);
      const completeAfter = found.length > MAX_EVENTS ? (found[0]?.number ?? 0) : seenAfter;
      const settled = last - MAX_EVENTS_UNDER_WAY;
      const ofDesk = groupBy(rows, ({ desk_id }) => desk_id);
      return new Map(
        [...asked.keys()].map((deskId) => [
          deskId,
          { ...changesIn(ofDesk.get(deskId) ?? [], last), settled, completeAfter },
        ]),
      );
    },
  };
}

function changesIn(rows: readonly Row[], last: number): Pick<DeskChanges, 'now' | 'bookings' | 'diaries'> {
  const ofKind = (wanted: Row['kind']) => rows.filter(({ kind }) => kind === wanted);
  return {
    now: {
      event: last,
      revision: ofKind('revision')[0]?.number ?? 0,
      tasks: digest(ofKind('task').map(({ id }) => id)),
      queue: digest(ofKind('queue').map(({ id, number }) => `${id} ${number}`)),
    },
    bookings: ofKind('booking')
      .map(toBookingChange)
      .sort((a, b) => a.event - b.event),
    diaries: ofKind('diary').map(({ advisor_id, number }) => ({
      advisorId: advisor_id === DESK_ITSELF ? null : advisor_id,
      revision: number,
    })),
  };
}

function toBookingChange(row: Row): BookingChange {
  const from = fromNullableJson<NonNullable<BookingEvent['from']>>(row.from_json);
  return {
    event: row.number,
    bookingId: row.id,
    version: row.version,
    place: { start: row.starts_at, advisorId: row.advisor_id },
    from: from && { start: from.time.start, advisorId: from.advisorId },
    timeZone: row.time_zone,
  };
}

/** Returns a short text that is the same for the same ids in any order. */
function digest(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join())
    .digest('base64url')
    .slice(0, 12);
}

/** Returns the event after which the earliest of the positions begins; if there is none, one that no event comes after. */
function eventsAfter(asked: AskedPositions): number {
  return Math.min(Number.MAX_SAFE_INTEGER, ...asked.map(([, position]) => position?.event ?? Number.MAX_SAFE_INTEGER));
}

/** Returns the statement. Each part has the same columns; those that it has not are empty. */
function look(asked: AskedPositions): RawBuilder<Row> {
  const desks = sql.join(asked.map(([deskId]) => deskId));
  const after = eventsAfter(asked);
  const seen = sql`max(id) - ${sql.lit(MAX_EVENTS_SEEN)}`;
  // The join says its order, because SQLite might else begin with all bookings of the desk.
  return sql<Row>`
    select 'booking' as kind, newest.* from (
      select b.desk_id, e.id as number, b.id as id, b.version, b.starts_at, b.advisor_id, b.time_zone, e.from_json
      from booking_event e cross join booking b
      where e.id > (select case when ${seen} > ${after} then ${seen} else ${after} end from booking_event)
        and b.id = e.booking_id and ${following(asked, 'b.desk_id', ({ event }) => sql`e.id > ${event}`)}
      order by e.id desc limit ${sql.lit(MAX_EVENTS + 1)}) newest
    union all select 'diary', desk_id, number, '', 0, 0, advisor_id, '', null from diary_revision
      where ${following(asked, 'desk_id', ({ revision }) => sql`number > ${revision}`)}
    union all select 'revision', desk_id, number, '', 0, 0, '', '', null from revision where desk_id in (${desks})
    union all select 'task', desk_id, 0, id, 0, 0, '', '', null from task where done_at is null and desk_id in (${desks})
    union all select 'queue', desk_id, version, id, 0, 0, '', '', null from queue_entry where desk_id in (${desks})
    union all select 'queue', desk_id, version, id, 0, 0, '', '', null from waiting_entry
      where desk_id in (${desks}) and state in ('waiting', 'offered')
    union all select 'last', '', coalesce(max(id), 0), '', 0, 0, '', '', null from booking_event`;
}

/** Matches what is newer than the position of its desk; a desk without a position has nothing new. */
function following(
  asked: AskedPositions,
  deskId: string,
  isNewer: (position: ChangePosition) => RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  const each = asked.flatMap(([desk, position]) =>
    position ? [sql`(${sql.ref(deskId)} = ${desk} and ${isNewer(position)})`] : [],
  );
  return each.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}
