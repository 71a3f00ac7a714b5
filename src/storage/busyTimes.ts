import type { Kysely } from 'kysely';
import type { Instant, Interval } from '../domain/calendar/interval';
import type { Absence } from '../domain/desk';
import type { Database } from './schema';

/** So many rows are written with one statement. */
const ROWS_AT_ONCE = 500;

/** Returns when advisors of the desk are busy in `range` by their own calendars, as absences. */
export async function busyTimes(db: Kysely<Database>, deskId: string, range: Interval): Promise<Absence[]> {
  const rows = await db
    .selectFrom('busy_time')
    .selectAll()
    .where('desk_id', '=', deskId)
    .where('ends_at', '>', range.start)
    .where('starts_at', '<', range.end)
    .orderBy('starts_at')
    .orderBy('advisor_id')
    .execute();
  return rows.map(({ advisor_id: advisorId, starts_at: start, ends_at: end }) => ({
    // The same time has the same id, so that one that stays is recognised when the calendar is read again.
    id: `busy ${advisorId} ${start} ${end}`,
    ...{ advisorId, time: { start, end }, reason: null, isFromCalendar: true },
  }));
}

interface Replaced {
  readonly deskId: string;
  readonly advisorId: string;
  readonly times: readonly Interval[];
  readonly from: Instant;
  readonly keptFrom: Instant;
}

/** Replaces the times from `from` on, and drops those that were over before `keptFrom`. */
export async function replaceBusyTimes(
  db: Kysely<Database>,
  { deskId, advisorId, times, from, keptFrom }: Replaced,
): Promise<void> {
  await db
    .deleteFrom('busy_time')
    .where('desk_id', '=', deskId)
    .where('advisor_id', '=', advisorId)
    .where(({ eb, or }) => or([eb('ends_at', '>', from), eb('ends_at', '<=', keptFrom)]))
    .execute();
  for (let i = 0; i < times.length; i += ROWS_AT_ONCE) {
    const rows = times.slice(i, i + ROWS_AT_ONCE).map(({ start, end }) => ({
      ...{ desk_id: deskId, advisor_id: advisorId, starts_at: start, ends_at: end },
    }));
    await db.insertInto('busy_time').values(rows).execute();
  }
}
