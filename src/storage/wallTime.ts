import type { Kysely } from 'kysely';
import { localDate, localTime } from '../domain/calendar/zone';
import type { Database } from './schema';

/** The row with the wall time at its desk beside the instant: if the law moves the offset, a person can still see what was agreed. */
export async function withWallTime<T extends { starts_at: number }>(db: Kysely<Database>, deskId: string, row: T) {
  const { time_zone } = await db
    .selectFrom('desk')
    .select('time_zone')
    .where('id', '=', deskId)
    .executeTakeFirstOrThrow();
  return {
    ...row,
    local_start: `${localDate(row.starts_at, time_zone)}T${localTime(row.starts_at, time_zone)}`,
    time_zone,
    tzdata: process.versions.tz ?? 'unknown',
  };
}
