import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../domain/calendar/interval';
import type { Database } from '../schema';

/** How many instants one statement asks about. */
const OFFSETS_AT_ONCE = 10_000;

/** As `Storage.zoneOffsets`. */
export async function zoneOffsets(
  db: Kysely<Database>,
  zone: string,
  instants: readonly Instant[],
): Promise<readonly (number | null)[]> {
  const known = await sql`select 1 from pg_timezone_names where name = ${zone}`.execute(db);
  if (known.rows.length === 0) return instants.map(() => null);
  const found: number[] = [];
  for (let i = 0; i < instants.length; i += OFFSETS_AT_ONCE) {
    const asked = `{${instants.slice(i, i + OFFSETS_AT_ONCE).join(',')}}`;
    const { rows } = await sql<{ minutes: number }>`
      select (extract(epoch from (moment at time zone ${zone}) - (moment at time zone 'UTC')) / 60)::int as minutes
      from unnest(${asked}::bigint[]) with ordinality as asked (at, place), to_timestamp(at / 1000.0) as moment
      order by place`.execute(db);
    found.push(...rows.map(({ minutes }) => Number(minutes)));
  }
  return found;
}
