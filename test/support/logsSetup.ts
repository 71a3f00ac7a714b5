import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder for the logs of the run's programs. For those tests that open no PostgreSQL, it is all that they need. */
export default function logsSetup(): void {
  // Two projects of one run share it.
  process.env.TEST_LOG_DIR ??= mkdtempSync(join(tmpdir(), 'sprechstunde-logs-'));
}
