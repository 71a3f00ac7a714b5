import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import logsSetup from '../../support/logsSetup';
import { buildProgram } from '../../support/program';

/** Builds the program that is to be hurt, and begins the report. */
export default async function globalSetup(): Promise<void> {
  await logsSetup();
  await buildProgram();
  process.env.FAULT_REPORT = join(mkdtempSync(join(tmpdir(), 'sprechstunde-faults-')), 'report.jsonl');
}
