import { type Kysely, sql } from 'kysely';
import type { BookingStore } from '../app/ports/bookingStore';
import type { Diary } from '../app/ports/snapshot';
import { isMovable, LONGEST_CONSULTATION_MS } from '../domain/booking/booking';
import { isLive } from '../domain/booking/hold';
import type { Interval } from '../domain/calendar/interval';
import type { Mode } from '../domain/desk';
import type { Engagement } from '../domain/slots/engagement';
import type { SnapshotReads } from './deskAsRead';
import type { Engine } from './engine';
import type { Database } from './schema';

/** A search for more advisors than this reads the whole desk, because one scan costs less than that many look-ups. */
const MAX_LISTED_ADVISORS = 100;

/** Reads who is taken when: for the booking store, and for the snapshots. */
export function diaryStore(
  db: Kysely<Database>,
  { name }: Engine,
): Pick<BookingStore, 'busy'> & Pick<SnapshotReads, 'diaries'> {
  /** Returns one row for each advisor who has any engagement: reading thousands of engagements as JSON takes a third of the time of as many rows. */
  async function entriesOf(
    deskId: string,
    { start, end }: Interval,
    advisorIds?: readonly string[],
  ): Promise<Engagement[][]> {
    const few = advisorIds && advisorIds.length <= MAX_LISTED_ADVISORS ? advisorIds : undefined;
    const { rows } = await sql<{ advisor_id: string; entries: string }>`
      select advisor_id, ${LISTED[name]} as entries
      from booking ${few && name === 'sqlite' ? BY_ADVISOR : EMPTY}
      where desk_id = ${deskId} ${few ? sql`and advisor_id in (${sql.join(few)})` : EMPTY}
        and starts_at < ${end} and starts_at > ${start - LONGEST_CONSULTATION_MS} and blocked_until > ${start}
        and status not in ('cancelled', 'lapsed')
      group by advisor_id`.execute(db);
    return rows.map(({ advisor_id, entries }) =>
      (JSON.parse(entries) as EngagementRow[])
        .map((entry) => toEngagement(advisor_id, entry))
        .sort((a, b) => a.time.start - b.time.start),
    );
  }

  return {
    async busy(deskId, range, now) {
      const all = (await entriesOf(deskId, range)).flat();
      return all.filter(({ heldUntil }) => heldUntil === null || isLive({ heldUntil }, now));
    },

    async diaries(deskId, advisorIds, range) {
      if (advisorIds.length === 0) return new Map();
      const known = new Map(
        (await entriesOf(deskId, range, advisorIds)).map((entries) => [entries[0]?.advisorId, entries]),
      );
      return new Map(advisorIds.map((id) => [id, toDiary(known.get(id) ?? [])]));
    },
  };
}

const EMPTY = sql``;
/** Forces the index by advisor: without statistics SQLite expects a list of advisors to match more rows than a range of some weeks. */
const BY_ADVISOR = sql`indexed by booking_by_advisor`;

const COLUMNS = sql`id, starts_at, ends_at, blocked_until, topic_id, language, mode, tied, urgent, status, held_until`;
const LISTED = {
  sqlite: sql<string>`json_group_array(json_array(${COLUMNS}))`,
  postgres: sql<string>`json_agg(json_build_array(${COLUMNS}))::text`,
};

/** In the order of `COLUMNS`. */
type EngagementRow = [
  id: string,
  startsAt: number,
  endsAt: number,
  blockedUntil: number,
  topicId: string,
  language: string,
  mode: Mode,
  tied: number,
  urgent: number,
  status: Parameters<typeof isMovable>[0]['status'],
  heldUntil: number | null,
];

function toEngagement(advisorId: string, row: EngagementRow): Engagement {
  const [id, start, end, blockedUntil, topicId, language, mode, tied, urgent, status, heldUntil] = row;
  const time = { start, end: blockedUntil };
  return {
    id,
    advisorId,
    time,
    consultation: end === blockedUntil ? time : { start, end },
    topicId,
    language,
    mode,
    movable: isMovable({ tied: tied === 1, status }),
    urgent: urgent === 1,
    heldUntil: status === 'held' ? heldUntil : null,
  };
}

function toDiary(entries: readonly Engagement[]): Diary {
  return {
    entries,
    firstHoldEnds: Math.min(...entries.flatMap(({ heldUntil }) => heldUntil ?? []), Number.POSITIVE_INFINITY),
  };
}
