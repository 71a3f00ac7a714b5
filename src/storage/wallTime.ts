import type { Kysely } from 'kysely';
import type { Instant } from '../domain/calendar/interval';
import { localDate, localTime } from '../domain/calendar/zone';
import type { Database } from './schema';

/** Adds the wall time at its desk to a row, see `wallTime`. */
export async function withWallTime<T extends { starts_at: number }>(db: Kysely<Database>, deskId: string, row: T) {
  return { ...row, ...wallTime(row.starts_at, await timeZoneOf(db, deskId)) };
}

export async function timeZoneOf(db: Kysely<Database>, deskId: string): Promise<string> {
  const desk = db.selectFrom('desk').select('time_zone').where('id', '=', deskId);
  return (await desk.executeTakeFirstOrThrow()).time_zone;
}

/**
 * Returns the wall time at the desk, which is stored beside the instant. If a law changes the offset later, it still
 * shows the time that was agreed.
 */
export function wallTime(start: Instant, zone: string) {
  return {
    local_start: `${localDate(start, zone)}T${localTime(start, zone)}`,
    time_zone: zone,
    tzdata: process.versions.tz ?? 'unknown',
  };
}
