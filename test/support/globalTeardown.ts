import type { PostgresServer } from './postgres';

/** Ends what `globalSetup` began. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { testPostgres?: PostgresServer }).testPostgres?.close();
}
