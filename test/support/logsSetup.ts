import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteDatabase } from '../../src/storage/sqlite/open';
import { NOW } from './builders';

/**
 * Makes a folder for the logs of the run's programs, and a migrated SQLite database from which each test's own is
 * copied. Tests that open no PostgreSQL need no other setup.
 */
export default async function logsSetup(): Promise<void> {
  // The setup of another project of this run may have made both already; all projects share them.
  if (process.env.TEST_LOG_DIR) return;
  process.env.TEST_LOG_DIR = mkdtempSync(join(tmpdir(), 'sprechstunde-logs-'));
  const migrated = join(mkdtempSync(join(tmpdir(), 'sprechstunde-migrated-')), 'migrated.db');
  await (await sqliteDatabase(migrated, { now: NOW })).storage.close();
  process.env.TEST_MIGRATED_FILE = migrated;
}
