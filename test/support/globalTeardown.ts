import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '@jest/types';
import { printFaults } from '../faults/support/report';
import { findLeaks } from './leaks';
import type { PostgresServer } from './postgres';

/**
 * A whole run answers thousands of requests. If there are fewer lines, the logs were not in the folder that was
 * searched.
 */
const MIN_LINES_OF_WHOLE_RUN = 1_000;
const MAX_SHOWN_LEAKS = 20;

/**
 * Stops the PostgreSQL that `globalSetup` started, prints the report of the faults, and searches the logs of the run
 * for personal data.
 *
 * @throws Error if a line holds personal data, or if a whole run has logged too few lines
 */
export default async function globalTeardown(run: Config.GlobalConfig): Promise<void> {
  await (globalThis as { testPostgres?: PostgresServer }).testPostgres?.close();
  printFaults();
  const dir = process.env.TEST_LOG_DIR;
  if (!dir) throw new Error('no folder with logs');
  const { lines, values, answers, leaks } = findLeaks(dir);
  process.stdout.write(
    `Logs: ${lines} lines of ${answers} answers, none of ${values} personal values may be in them.\n`,
  );
  if (leaks.length > 0) {
    const shown = leaks.slice(0, MAX_SHOWN_LEAKS).join('\n');
    throw new Error(`${leaks.length} times personal data in the logs (${dir}):\n${shown}`);
  }
  if (isWhole(run) && lines < MIN_LINES_OF_WHOLE_RUN)
    throw new Error(`only ${lines} lines in the logs of a whole run (${dir})`);
  rmSync(dir, { recursive: true, force: true });
  const { TEST_MIGRATED_FILE: migrated } = process.env;
  if (migrated) rmSync(dirname(migrated), { recursive: true, force: true });
}

/** Tells whether the run left no tests out and had a project whose tests answer thousands of requests. */
function isWhole({ testPathPatterns, onlyChanged, filter, testNamePattern, ...run }: Config.GlobalConfig): boolean {
  if (testPathPatterns.patterns.length > 0 || onlyChanged || run.findRelatedTests || filter || testNamePattern)
    return false;
  const { argv } = process;
  return !argv.includes('--selectProjects') || ['house', 'postgres'].some((project) => argv.includes(project));
}
