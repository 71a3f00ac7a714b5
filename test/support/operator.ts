import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/run';
import { type Kind, kinds, newOnServerFrom, type TestDatabase } from './databases';

/** What a command printed, its lines joined, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one of the operator's commands on a database, in this process. */
export async function operate(
  url: string,
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const { PATH = '' } = process.env;
  const code = await runCommand(args, {
    env: { PATH, DATABASE_URL: url, ...env },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    readInput: async () => input,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Returns the kinds of database that can be backed up here: PostgreSQL only if this machine has `pg_dump`. */
export function kindsWithBackup(): Kind[] {
  const { status } = spawnSync('pg_dump', ['--version']);
  return kinds().filter((kind) => kind === 'SQLite' || status === 0);
}

/** Returns a place for a database without any table: for SQLite, the path of a file that does not exist. */
export async function emptyPlace(kind: Kind): Promise<TestDatabase> {
  if (kind === 'SQLite') {
    const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-place-'));
    return { url: `file:${join(dir, 'var', 'desk.db')}`, drop: async () => rmSync(dir, { recursive: true }) };
  }
  return newOnServerFrom('template0');
}
