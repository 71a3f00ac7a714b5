import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { markdownTable } from '../../support/markdown';

/** One line of the table that the suite prints at its end. Counts that do not apply to a fault are left out. */
export interface FaultReport {
  readonly fault: string;
  /** How often the fault was tried, or how many requests were sent under it. */
  readonly tries: number;
  readonly acknowledged?: number;
  readonly found?: number;
  readonly lost?: number;
  readonly doubled?: number;
  readonly mails?: number;
  /** What else was seen and counted, in words. */
  readonly remarks?: string;
}

/** Adds what a fault came to; `printFaults` prints all of it as one Markdown table. */
export function report(line: FaultReport): void {
  const file = process.env.FAULT_REPORT;
  if (!file) throw new Error('run with: npm run test:faults');
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** Prints the report of the whole run, and removes its file. */
export function printFaults(): void {
  const file = process.env.FAULT_REPORT;
  if (!file) return;
  if (existsSync(file)) {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    process.stdout.write(`\n${asTable(lines.map((line) => JSON.parse(line) as FaultReport))}\n\n`);
  }
  rmSync(dirname(file), { recursive: true });
}

function asTable(lines: readonly FaultReport[]): string {
  const columns = ['fault', 'tries', 'acknowledged', 'found', 'lost', 'doubled', 'mails', 'remarks'] as const;
  return markdownTable(
    columns,
    lines.map((line) => columns.map((column) => String(line[column] ?? ''))),
  );
}
