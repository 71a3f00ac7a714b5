import { type Kysely, sql } from 'kysely';
import type { BookingStore, Busy, Diary } from '../app/ports/bookingStore';
import { isMovable, LONGEST } from '../domain/booking/booking';
import { isLive } from '../domain/booking/hold';
import type { Interval } from '../domain/calendar/interval';
import type { Mode } from '../domain/desk';
import { groupBy } from '../domain/groupBy';
import type { Engine } from './engine';
import type { Database } from './schema';

/** A search for more than this many advisors reads the whole desk: one scan is less than so many. */
const FEW = 100;

/** The part of the booking store that tells who is taken when. */
export function diaryStore(db: Kysely<Database>, { name }: Engine): Pick<BookingStore, 'busy' | 'diaries'> {
  async function blocking(deskId: string, { start, end }: Interval, advisorIds?: readonly string[]): Promise<Busy[]> {
    const few = advisorIds && advisorIds.length <= FEW ? advisorIds : undefined;
    const { rows } = await sql<Row>`
      select id, advisor_id, starts_at, ends_at, blocked_until, topic_id, language, mode, tied, urgent, status, held_until
      from booking ${few && name === 'sqlite' ? BY_ADVISOR : EMPTY}
      where desk_id = ${deskId} ${few ? sql`and advisor_id in (${sql.join(few)})` : EMPTY}
        and starts_at < ${end} and starts_at > ${start - LONGEST} and blocked_until > ${start}
        and status not in ('cancelled', 'lapsed')`.execute(db);
    return rows.map(toBusy).sort((a, b) => a.time.start - b.time.start);
  }

  return {
    async busy(deskId, range, now) {
      const all = await blocking(deskId, range);
      return all.filter(({ heldUntil }) => heldUntil === null || isLive({ heldUntil }, now));
    },

    async diaries(deskId, advisorIds, range) {
      if (advisorIds.length === 0) return new Map();
      const entries = groupBy(await blocking(deskId, range, advisorIds), ({ advisorId }) => advisorId);
      return new Map(advisorIds.map((id) => [id, toDiary(entries.get(id) ?? [])]));
    },
  };
}

const EMPTY = sql``;
/** Without figures SQLite takes a list of advisors for more than all that happens in some weeks. */
const BY_ADVISOR = sql`indexed by booking_by_advisor`;

interface Row {
  readonly id: string;
  readonly advisor_id: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly blocked_until: number;
  readonly topic_id: string;
  readonly language: string;
  readonly mode: string;
  readonly tied: number;
  readonly urgent: number;
  readonly status: string;
  readonly held_until: number | null;
}

function toBusy(row: Row): Busy {
  const time = { start: row.starts_at, end: row.blocked_until };
  const status = row.status as Parameters<typeof isMovable>[0]['status'];
  return {
    id: row.id,
    advisorId: row.advisor_id,
    time,
    consultation: row.ends_at === row.blocked_until ? time : { start: row.starts_at, end: row.ends_at },
    topicId: row.topic_id,
    language: row.language,
    mode: row.mode as Mode,
    movable: isMovable({ tied: row.tied === 1, status }),
    urgent: row.urgent === 1,
    heldUntil: status === 'held' ? row.held_until : null,
  };
}

function toDiary(entries: readonly Busy[]): Diary {
  return {
    entries,
    firstHoldEnds: Math.min(...entries.flatMap(({ heldUntil }) => heldUntil ?? []), Number.POSITIVE_INFINITY),
  };
}
