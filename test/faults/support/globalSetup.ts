import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import commonSetup from '../../support/globalSetup';
import { buildProgram } from '../../support/program';

/** Runs the common setup, builds the program on which the faults are tried, and makes the folder of the report. */
export default async function globalSetup(): Promise<void> {
  await commonSetup();
  await buildProgram();
  process.env.FAULT_REPORT = join(mkdtempSync(join(tmpdir(), 'sprechstunde-faults-')), 'report.jsonl');
}
