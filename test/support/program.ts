import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
const started = new Set<ChildProcessWithoutNullStreams>();

/** The real program in a process of its own. */
export interface StartedProgram {
  readonly child: ChildProcessWithoutNullStreams;
  /** Exit code, or null if a signal ended it. */
  readonly exit: Promise<number | null>;
  /** All that it wrote so far. */
  output(): string;
  /** Its log so far. */
  log(): Record<string, unknown>[];
}

/**
 * Builds the program as `npm start` does, once in a run: the first caller builds, and the others wait for a file that
 * says so in the folder of the run's logs.
 */
export async function buildProgram(): Promise<void> {
  const { TEST_LOG_DIR: run = '' } = process.env;
  const done = join(run, 'built');
  try {
    mkdirSync(join(run, 'building'));
  } catch {
    while (!existsSync(done)) await pause(100);
    if (readFileSync(done, 'utf8') !== 'well')
      throw new Error('the program could not be built, see the first test that needed it');
    return;
  }
  let how = 'badly';
  try {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT });
    how = 'well';
  } finally {
    writeFileSync(done, how);
  }
}

/** Starts the server as `npm start` does, with no other environment variables than these, PATH and HOME. */
export function startProgram(env: Readonly<Record<string, string>>): StartedProgram {
  return start('main', [], env);
}

/** Starts one of the built programs, with no other environment variables than these, PATH and HOME. */
export function start(
  program: 'main' | 'cli',
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): StartedProgram {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [`dist/${program}.js`, ...args], { cwd: ROOT, env: { PATH, HOME, ...env } });
  started.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // `globalTeardown` searches the server's log for personal data, like the logs of all others. The output of a command
  // is left out: it is an answer to the operator and may hold secrets, as `token add` prints the token.
  const { TEST_LOG_DIR: run } = process.env;
  if (run && program === 'main')
    child.stdout.on('data', (chunk: Buffer) => appendFileSync(join(run, `program-${child.pid}.log`), chunk));
  const exit = new Promise<number | null>((done) => child.once('close', done));
  return {
    child,
    exit,
    output: () => output,
    log: () => {
      const lines = output.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}

/** Kills the programs that a test left running. */
export function endPrograms(): void {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

/** Waits until /readyz answers that the program is ready. */
export async function ready(origin: string): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (answer?.ok) return answer;
    if (tries > 300) throw new Error('not ready');
    await pause(100);
  }
}

/** Waits until `isSo` returns true. `what` names the condition in the error if it never does. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 1_000) throw new Error(`never: ${what}`);
    await pause(20);
  }
}

/**
 * The lowest port that `freePort` returns. The range lies below the ports that Linux gives to connections, so that a
 * program that is started again finds its port free.
 */
const FIRST_PORT = 20_000;
const PORT_COUNT = 12_000;

/**
 * Returns a port of 127.0.0.1 on which nobody listens, which the system does not give to a connection by chance, and which no
 * other test of this run gets: between two lives of a program nobody listens on its port, and it wants that one back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + randomInt(PORT_COUNT);
    if (reserve(port) && (await isFree(port))) return port;
  }
}

/** Reserves a port in the folder of the run's logs, which all tests share. @returns false if another test was first */
function reserve(port: number): boolean {
  const { TEST_LOG_DIR: run } = process.env;
  if (!run) return true;
  const reservation = join(run, `port-${port}`);
  try {
    mkdirSync(reservation);
    return true;
  } catch (error) {
    if (existsSync(reservation)) return false;
    throw error;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
