import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pg } from '../postgres/driver';
import { OperationRefused } from './refused';

/** A PostgreSQL database, and the environment in which its client programs are found and run. */
export interface ServerPlace {
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Program = 'pg_dump' | 'pg_restore' | 'psql';

interface Streams {
  /** Reads the program's whole output. */
  readonly consume?: (output: Readable) => Promise<void>;
  /** Writes the program's whole input. */
  readonly feed?: (input: Writable) => Promise<void>;
}

/**
 * The parameters of a `pg` URL and the environment variables of the client programs that mean the same. Settings go
 * through the environment, because other users of the machine can read a program's arguments.
 */
const BY_ENVIRONMENT: readonly (readonly [parameter: string, variable: string])[] = [
  ['sslmode', 'PGSSLMODE'],
  ['sslcert', 'PGSSLCERT'],
  ['sslkey', 'PGSSLKEY'],
  ['sslrootcert', 'PGSSLROOTCERT'],
  ['options', 'PGOPTIONS'],
];

/**
 * Runs one of PostgreSQL's client programs on the database.
 *
 * @throws OperationRefused in one line if the program is not installed or reports a failure. An error of `feed` or
 *   `consume` is thrown on, and the program is killed.
 */
export async function clientProgram(
  program: Program,
  args: readonly string[],
  place: ServerPlace,
  { consume, feed }: Streams = {},
): Promise<void> {
  const child = spawn(program, args, { env: environment(place) });
  const complaints = complaintsOf(child);
  const ended = new Promise<number | null>((done, failed) => {
    child.once('error', (error: NodeJS.ErrnoException) => failed(notThere(program, error)));
    child.once('close', (code) => done(code));
  });
  const streams = Promise.all([
    consume ? consume(child.stdout) : child.stdout.resume(),
    feed ? feed(child.stdin).then(() => child.stdin.end()) : child.stdin.end(),
  ]);
  const code = await Promise.all([ended, streams]).then(
    ([exitCode]) => exitCode,
    async (error: unknown) => {
      // The program ended before it had read its whole input; its own messages say why.
      if (STOPPED_READING.test(String((error as NodeJS.ErrnoException).code))) return (await ended) || 1;
      child.kill('SIGKILL');
      await ended.catch(() => {});
      // `feed` also fails when the program has ended; then the program's own messages tell the cause.
      if (/error|fatal/i.test(complaints())) return 1;
      throw error;
    },
  );
  if (code !== 0) throw new OperationRefused(`${program} failed: ${inOneLine(program, complaints())}.`);
}

const STOPPED_READING = /^(EPIPE|ECONNRESET|ERR_STREAM_(PREMATURE_CLOSE|DESTROYED|WRITE_AFTER_END|UNABLE_TO_PIPE))$/;
const MAX_STDERR_LENGTH = 10_000;

function complaintsOf(child: ChildProcessWithoutNullStreams): () => string {
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(0, MAX_STDERR_LENGTH);
  });
  child.stdin.on('error', () => {});
  return () => text;
}

function environment({ url, env }: ServerPlace): NodeJS.ProcessEnv {
  const { host, port, user, password, database } = new (pg().Client)({ connectionString: withoutParameters(url) });
  const parameters = new URL(url).searchParams;
  const given = BY_ENVIRONMENT.flatMap(([parameter, variable]) => {
    const value = parameters.get(parameter);
    // Only the package `pg` knows `no-verify`.
    return value === null ? [] : [[variable, value === 'no-verify' ? 'require' : value] as const];
  });
  return {
    ...env,
    PGHOST: parameters.get('host') ?? host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password ?? undefined,
    PGDATABASE: database,
    PGCONNECT_TIMEOUT: '15',
    PGAPPNAME: 'sprechstunde',
    PGCLIENTENCODING: 'UTF8',
    // Messages are in English, so that the operator can look them up.
    LC_ALL: 'C',
    ...Object.fromEntries(given),
  };
}

/**
 * Removes the query of a URL, because `pg` would read certificates and warn about modes although no connection is
 * opened here.
 */
function withoutParameters(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

function notThere(program: Program, error: NodeJS.ErrnoException): OperationRefused {
  if (error.code !== 'ENOENT') return new OperationRefused(`${program} cannot be run: ${error.message}.`);
  return new OperationRefused(
    `${program} is not on PATH: install PostgreSQL's client programs, of the server's version or later (Debian: postgresql-client).`,
  );
}

/**
 * Returns the first message with its detail. Later messages follow from the first, and rows that psql quotes as context
 * may hold personal data; both are left out.
 */
function inOneLine(program: string, complaints: string): string {
  const lines = complaints.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => /error|fatal|mismatch/i.test(line));
  const told = lines
    .slice(Math.max(0, first))
    .filter((line, i) => i === 0 || (i === 1 && /detail: server version/.test(line)));
  const text = told
    .join('; ')
    .replaceAll(`${program}: `, '')
    .replace(/^error: /, '')
    .replace(/^psql:<stdin>:\d+: /, '');
  return text.replace(/\.+$/, '') || 'it gave no reason';
}
