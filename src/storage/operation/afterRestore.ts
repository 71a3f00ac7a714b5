import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../domain/calendar/interval';
import type { Database } from '../schema';

/** More changes than any booking sees between two backups. */
const LIFT = 100;

/** What must be known of a restore. */
export interface Restored {
  readonly bookings: number;
  /** How many mails wait until the outbox is resumed. */
  readonly waiting: number;
}

/**
 * What was lost with the days after the backup may be out there: invitations with a higher SEQUENCE than the backup knows, which
 * let calendars ignore the next change (RFC 5546 section 2.1.5), pages with a higher version, mails that the backup believes unsent. So every
 * number is lifted above anything that was told, and no mail leaves until somebody has confirmed it. The jobs are nobody's.
 *
 * @param reason for the pause, told to whoever asks
 * @returns statements for both databases, to be run in the transaction in which the restored rows appear
 */
export function afterRestore(reason: string, now: Instant): readonly string[] {
  return [
    `update booking set sequence = sequence + ${LIFT}, version = version + ${LIFT}`,
    `update job set holder = null, beat = beat + 1`,
    `update outbox set lease_until = null`,
    `delete from outbox_pause`,
    `insert into outbox_pause (id, since, reason) values (1, ${now}, ${literal(reason)})`,
  ];
}

/** The figures of a database that was just restored. */
export async function restoredFigures(db: Kysely<Database>): Promise<Restored> {
  const { rows } = await sql<{ bookings: number; waiting: number }>`select
    (select count(*) from booking where status not in ('held', 'lapsed')) as bookings,
    (select count(*) from outbox where state = 'waiting') as waiting`.execute(db);
  return rows[0] ?? { bookings: 0, waiting: 0 };
}

/** Standard SQL; PostgreSQL keeps `standard_conforming_strings` on. */
function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}
