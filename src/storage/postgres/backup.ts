import { statSync } from 'node:fs';
import { readArchive } from '../operation/archive';
import { assertMayBeReplaced, type Backup } from '../operation/backupFile';
import { clientProgram, type ServerPlace } from '../operation/clientPrograms';
import { OperationRefused } from '../operation/refused';
import { temporaryFor } from '../operation/temporary';

/** How long pg_dump waits for a lock: a migration that is running locks the tables for seconds. */
const LOCK_WAIT_MS = 60_000;

/**
 * Writes a consistent copy of a PostgreSQL database that others write to meanwhile, with pg_dump in its custom format. The archive
 * is read again as a whole before it takes the place of an older one.
 *
 * @throws OperationRefused if pg_dump is missing or fails, or `to` may not be replaced; an older backup stays
 */
export async function backupPostgres(place: ServerPlace, to: string): Promise<Backup> {
  assertMayBeReplaced(to);
  const copy = temporaryFor(to);
  try {
    await clientProgram(
      'pg_dump',
      ['--format=custom', '--no-password', `--lock-wait-timeout=${LOCK_WAIT_MS}`, `--file=${copy.path}`],
      place,
    );
    const { schema, bookings } = await readArchive(copy.path, place);
    if (schema === 0)
      throw new OperationRefused('The database holds no tables of this program: there is nothing to back up.');
    const { size: bytes } = statSync(copy.path);
    copy.replace();
    return { bytes, bookings };
  } finally {
    copy.discard();
  }
}
