import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './program';

/** Builds the program that is to be hurt, and begins the report. */
export default function globalSetup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  process.env.FAULT_REPORT = join(mkdtempSync(join(tmpdir(), 'sprechstunde-faults-')), 'report.jsonl');
}
