import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../domain/calendar/interval';
import type { Database } from '../schema';

/** By how much SEQUENCE and version are raised: more than a booking changes between two backups. */
const LIFT_STEPS = 100;

/** The figures that the operator is told after a restore. */
export interface Restored {
  readonly bookings: number;
  /** The number of mails that wait until the outbox is resumed. */
  readonly waiting: number;
}

/**
 * Returns the statements that adapt restored rows to what was sent out after the backup was made. Clients may have
 * invitations with a higher SEQUENCE than the backup knows, which makes calendars ignore the next change (RFC 5546
 * section 2.1.5); open pages may have a higher version; and mails that the backup counts as unsent may have been sent.
 * So SEQUENCE and version are raised above anything that was sent, the outbox is paused until an operator resumes it,
 * and no process holds a job.
 *
 * @param reason why the outbox is paused, as `outbox status` shows it
 * @returns statements for either database, to be run in the transaction in which the restored rows appear
 */
export function afterRestore(reason: string, now: Instant): readonly string[] {
  return [
    `update booking set sequence = sequence + ${LIFT_STEPS}, version = version + ${LIFT_STEPS}`,
    `update job set holder = null, beat = beat + 1`,
    `update outbox set lease_until = null`,
    `update webhook_delivery set lease_until = null`,
    `delete from outbox_pause`,
    `insert into outbox_pause (id, since, reason) values (1, ${now}, ${literal(reason)})`,
  ];
}

/** Counts what a database that was just restored holds. */
export async function restoredFigures(db: Kysely<Database>): Promise<Restored> {
  const { rows } = await sql<{ bookings: number; waiting: number }>`select
    (select count(*) from booking where status not in ('held', 'lapsed')) as bookings,
    (select count(*) from outbox where state = 'waiting') as waiting`.execute(db);
  return rows[0] ?? { bookings: 0, waiting: 0 };
}

/**
 * Quotes a text as a literal of standard SQL, as both databases read it (PostgreSQL with `standard_conforming_strings`
 * on, its default).
 */
function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}
