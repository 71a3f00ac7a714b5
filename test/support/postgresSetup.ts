import globalSetup from './globalSetup';

/** The program's own suites on PostgreSQL: what they open, see `chosenKind`, is on the server that this starts. */
export default async function postgresSetup(): Promise<void> {
  await globalSetup();
  if (process.env.TEST_POSTGRES_URL) process.env.TEST_DATABASE = 'postgres';
}
