import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPrograms, pause, type StartedProgram, start } from '../../support/program';

export { freePort, pause, ROOT } from '../../support/program';

const SECRET = 'a secret of the fault suite, 32 letters and more';

/** Whether the suite runs in its full form (FAULTS=full), as people start it by hand. CI runs the short form. */
export const FULL = process.env.FAULTS === 'full';

/** Returns `short` in the short form, and `full` in the full one. */
export function rounds(short: number, full: number): number {
  return FULL ? full : short;
}

/** Makes a folder for one fault. The caller removes it in its `afterAll`. */
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
  /** The port; a program that was killed comes back at the same one. */
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
}

const ended = new AbortController();

/** `endAll` aborts this signal, so that the clients of a failed test stop asking. */
export const over: AbortSignal = ended.signal;

/** Ends the clients and the programs that a test left running. */
export function endAll(): void {
  ended.abort();
  endPrograms();
}

/**
 * Starts the program as in production: without demo data, with mail by SMTP. The run's global setup has built `dist/`.
 */
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
    // The test then only sees a refused connection, which does not say why.
    if (!isOrdered && !over.aborted)
      process.stderr.write(`a program of ${origin} ended by itself, ${code}: ${output().slice(-3000)}\n`);
  });
  return {
    origin,
    child,
    output,
    async ready() {
      for (;;) {
        // The log of the program must say that it listens: another process with its port would answer on /readyz, too.
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
  /** Makes every write below the folder fail with this errno: 28 ENOSPC, 30 EROFS, 5 EIO. With 0, writes work again. */
  failWrites(errno: number): void;
  /** How many writes were refused so far. */
  refused(): number;
  /** Sets the program's clock so many ms off the right time, from now on. */
  shiftClock(ms: number): void;
  /**
   * Lets so many ms pass for the program at once, on all its clocks and timers. Whatever it waits for from outside
   * comes no sooner.
   */
  elapse(ms: number): void;
}

/**
 * Compiles the shim (shim.c) and shares a page of memory with it. The page is a file: what the test writes to the file,
 * the shim in the program sees at once.
 *
 * @param dir the folder whose files the shim can make fail; it also holds the library and the page
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
    // Bytes 12 to 15 are not written: the program counts its refused writes there.
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
