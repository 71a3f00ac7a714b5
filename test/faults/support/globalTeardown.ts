import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { asTable, type FaultReport } from './report';

/** Prints what was done and counted. */
export default function globalTeardown(): void {
  const file = process.env.FAULT_REPORT ?? '';
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FaultReport);
  process.stdout.write(`\n${asTable(lines)}\n\n`);
  rmSync(dirname(file), { recursive: true });
}
