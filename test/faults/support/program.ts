import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPrograms, pause, type StartedProgram, start } from '../../support/program';

export { freePort, pause, ROOT } from '../../support/program';

const SECRET = 'a secret of the fault suite, 32 letters and more';

/** Thoroughness: `full` by hand, the short form in CI. */
export const FULL = process.env.FAULTS === 'full';

/** `short` in CI, `full` by hand. */
export function rounds(short: number, full: number): number {
  return FULL ? full : short;
}

/** A folder of its own for one fault, removed by `afterAll` of whoever asks. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'sprechstunde-fault-'));
}

/** The real program, in a process of its own. */
export interface Running extends Pick<StartedProgram, 'child' | 'output'> {
  readonly origin: string;
  /** Milliseconds from the start until /readyz said 200. */
  ready(): Promise<number>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM. @returns the exit code */
  term(): Promise<number | null>;
}

interface Start {
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  /** The same again, when a program that was killed comes back. */
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
}

const ended = new AbortController();

/** Aborted by `endAll`: clients of a test that failed stop asking. */
export const over: AbortSignal = ended.signal;

/** Ends whatever a test left running. */
export function endAll(): void {
  ended.abort();
  endPrograms();
}

/** As in production: no demo data, mail by SMTP. `dist/` was built by the run's global setup. */
export function startProgram({ databaseUrl, smtpUrl, port, env = {} }: Start): Running {
  const began = performance.now();
  const origin = `http://127.0.0.1:${port}`;
  const { child, exit, output } = start('main', [], {
    NODE_ENV: 'production',
    ALLOW_HTTP: '1',
    SECRET,
    BASE_URL: origin,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    SMTP_URL: smtpUrl,
    ...env,
  });
  let isOrdered = false;
  void exit.then((code) => {
    // What a test then sees is a refused connection, which does not say why.
    if (!isOrdered && !over.aborted)
      process.stderr.write(`a program of ${origin} ended by itself, ${code}: ${output().slice(-3000)}\n`);
  });
  return {
    origin,
    child,
    output,
    async ready() {
      for (;;) {
        // By its own word it listens: whoever else had its port would answer, too.
        const listens = output().includes('"listening"');
        const answer = listens ? await fetch(`${origin}/readyz`).catch(() => undefined) : undefined;
        if (answer?.ok) return performance.now() - began;
        if (child.exitCode !== null) throw new Error(`the program ended: ${output()}`);
        if (performance.now() - began > 60_000) throw new Error(`not ready: ${output()}`);
        await pause(20);
      }
    },
    async kill() {
      isOrdered = true;
      child.kill('SIGKILL');
      await exit;
    },
    term() {
      isOrdered = true;
      child.kill('SIGTERM');
      return exit;
    },
  };
}

/** One of the operator's commands in a process of its own, so that it can be killed. */
export function startCommand(args: readonly string[], env: Readonly<Record<string, string>>): StartedProgram {
  return start('cli', args, { SECRET, ...env });
}

/** What can be done to the disk and the clock of a program that runs with `env`. */
export interface Shim {
  readonly env: Readonly<Record<string, string>>;
  /** Every write below the folder fails with this errno; 0: none does. 28 ENOSPC, 30 EROFS, 5 EIO. */
  failWrites(errno: number): void;
  /** How many writes were refused so far. */
  refused(): number;
  /** The program's clock, from now on, is so many ms off. */
  shiftClock(ms: number): void;
  /** So many ms pass for the program at once, on all its clocks and timers. What it waits for meanwhile takes no longer than before. */
  elapse(ms: number): void;
}

/**
 * Compiles the shim (shim.c) and connects it. The page that both share is a file: writing to the file changes what the program sees.
 *
 * @param dir the folder whose files are touched
 */
export function shim(dir: string): Shim {
  const library = join(dir, 'shim.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, join(__dirname, 'shim.c'), '-ldl']);
  const file = join(dir, 'shim.control');
  const page = Buffer.alloc(24);
  writeFileSync(file, page);
  const tell = (change: () => void) => {
    change();
    const fd = openSync(file, 'r+');
    // Not the bytes between: the count of refusals is the program's.
    writeSync(fd, page, 0, 12, 0);
    writeSync(fd, page, 16, 8, 16);
    closeSync(fd);
  };
  return {
    env: { LD_PRELOAD: library, FAULT_CONTROL: file, FAULT_DIR: dir },
    failWrites: (errno) => tell(() => page.writeInt32LE(errno, 8)),
    refused: () => Number(execFileSync('od', ['-An', '-t', 'd4', '-j', '12', '-N', '4', file]).toString().trim()),
    shiftClock: (ms) => tell(() => page.writeBigInt64LE(BigInt(ms), 0)),
    elapse: (ms) => tell(() => page.writeBigInt64LE(page.readBigInt64LE(16) + BigInt(ms), 16)),
  };
}

export function removeScratch(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}
