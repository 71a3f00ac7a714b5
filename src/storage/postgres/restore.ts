import { pipeline } from 'node:stream/promises';
import type { Instant } from '../../domain/calendar/interval';
import { assertKnownSchema } from '../migrations';
import { afterRestore } from '../operation/afterRestore';
import { readArchive } from '../operation/archive';
import { assertBackupOf } from '../operation/backupFile';
import { clientProgram, type ServerPlace } from '../operation/clientPrograms';
import { OperationRefused } from '../operation/refused';
import { pg } from './driver';

const CONNECT_MS = 15_000;
/** Selects the name of one table, view or sequence that belongs to no extension. */
const THINGS_THERE = `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^(pg_|information_schema$)'
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1 limit 1`;

/**
 * Restores a backup into a PostgreSQL database without tables. The archive, the lift of the numbers and the pause of the outbox
 * are one transaction, so that no server can find the one without the others: pg_restore prints, psql executes, and the end of
 * the transaction is written only after all of the archive was read.
 *
 * @param reason why no mail is sent afterwards
 * @throws OperationRefused if there is anything in the database, the backup is damaged, of another kind or none, or a program is missing
 * @throws UnusableDatabase if it was made by a newer program
 */
export async function restorePostgres(
  backup: string,
  place: ServerPlace,
  { reason, now }: { readonly reason: string; readonly now: Instant },
): Promise<void> {
  assertBackupOf('postgres', backup);
  const { schema } = await readArchive(backup, place);
  if (schema === 0) throw new OperationRefused(`${backup} is not a backup of this program.`);
  assertKnownSchema(schema);
  await assertEmpty(place.url);

  const psql = ['--no-psqlrc', '--quiet', '--no-password', '--set=ON_ERROR_STOP=1'];
  const pgRestore = ['--no-owner', '--no-privileges', '--no-comments', '--file=-', backup];
  const prepared = afterRestore(reason, now).map((statement) => `${statement};\n`);
  await clientProgram('psql', psql, place, {
    async feed(input) {
      input.write('begin;\n');
      await clientProgram('pg_restore', pgRestore, place, {
        consume: (output) => pipeline(output, input, { end: false }),
      });
      input.write(['reset search_path;\n', ...prepared, 'commit;\n'].join(''));
    },
  });
}

async function assertEmpty(url: string): Promise<void> {
  const client = new (pg().Client)({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(THINGS_THERE);
    if (rows[0])
      throw new OperationRefused(`The database is not empty: ${rows[0].name} is there. Restore into a new one.`);
  } catch (error) {
    if (error instanceof OperationRefused) throw error;
    const { host, pathname } = new URL(url);
    throw new OperationRefused(`DATABASE_URL: cannot reach ${host}${pathname} (${(error as Error).message})`);
  } finally {
    await client.end().catch(() => {});
  }
}
