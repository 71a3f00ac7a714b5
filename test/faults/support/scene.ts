import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../../../src/domain/desk';
import { Sqlite } from '../../../src/storage/driver';
import type { OpenDatabase } from '../../../src/storage/engine';
import { openUrl } from '../../support/databases';
import { type SmtpPeer, smtpPeer } from '../../support/smtpPeer';
import { outboxState } from './arrivals';
import { ask, type Client, client } from './client';
import type { Place } from './databases';
import { faultDesk } from './desk';
import { freePort, pause, type Running, shim, startProgram } from './program';
import { type Wire, wire } from './proxy';

/**
 * A running program whose clock a test can set and whose time it can let pass. The program's mail goes over a wire to a
 * mail server.
 */
export interface Scene {
  readonly place: Place;
  readonly client: Client;
  readonly line: Wire;
  readonly smtp: SmtpPeer;
  /** A connection of the test's own to the program's database. */
  readonly database: OpenDatabase;
  /** The process that runs now; `restart` replaces it. */
  running(): Running;
  /** Sends mail to another server, from the next connection on. */
  leadTo(peer: SmtpPeer): void;
  /** Lets so many ms pass for the program, and then gives it a moment for what is due. */
  elapse(ms: number): Promise<void>;
  /** Sets the program's clock to so many ms off the right time, from now on. */
  setClock(ms: number): Promise<void>;
  /** The time that the program's clock shows. */
  now(): number;
  /**
   * Stops the process where it stands, as a machine does that is suspended. It notices `setClock` and `elapse` when it
   * wakes.
   */
  suspend(): Promise<void>;
  wake(): void;
  /** Starts the program again after `running().kill()`, with its clock as it was. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** The desk; by default the fault desk with five advisors. It is added unless the database has it. */
  readonly desk?: Desk;
  /** The file of a certificate that the program trusts. */
  readonly authority?: string | undefined;
  /** The mail server, which the caller closes. If left out, the scene has one of its own. */
  readonly peer?: SmtpPeer;
}

/** How long to wait until what is due has begun, or failed. */
const MOMENT_MS = 150;

/** Starts a program on a database and waits until it is ready. @param dir the folder for the shim's own folder */
export async function sceneAt(place: Place, dir: string, options: Options = {}): Promise<Scene> {
  const { desk = faultDesk(5), authority, peer } = options;
  const clock = shim(mkdtempSync(join(dir, 'scene-')));
  const database = await openUrl(place.url, { now: Date.now() });
  if (!(await database.storage.desks.find(desk.id))) await database.storage.write(({ desks }) => desks.add(desk));
  const smtp = peer ?? (await smtpPeer());
  const line = await wire(portOf(smtp));
  const port = await freePort();
  const smtpUrl = `${new URL(smtp.url).protocol}//127.0.0.1:${line.port}`;
  const env = { ...clock.env, ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}) };
  const start = () => startProgram({ databaseUrl: place.url, smtpUrl, port, env });
  let running = start();
  await running.ready();
  let [passed, off] = [0, 0];
  let asleep = false;
  // Node looks at its timers only when something happens, such as a request.
  const moment = async () => {
    if (asleep || !isRunning(running)) return;
    await ask(`${running.origin}/healthz`);
    await pause(MOMENT_MS);
  };
  return {
    place,
    client: client(running.origin),
    line,
    smtp,
    database,
    running: () => running,
    leadTo: (other) => line.leadTo(portOf(other)),
    async elapse(ms) {
      passed += ms;
      clock.elapse(ms);
      await moment();
    },
    async setClock(ms) {
      off = ms;
      clock.shiftClock(ms);
      await moment();
    },
    now: () => Date.now() + passed + off,
    async suspend() {
      asleep = true;
      await stopOutsideTransaction(running, place, database);
    },
    wake() {
      asleep = false;
      running.child.kill('SIGCONT');
    },
    async restart() {
      running = start();
      await running.ready();
    },
    async close() {
      await database.storage.close();
      if (isRunning(running)) await running.kill();
      await line.close();
      if (!peer) await smtp.close();
    },
  };
}

/** Waits until nothing is being sent and nothing is due. */
export async function quiet(scene: Scene) {
  for (let tries = 0; tries < 600; tries++) {
    const state = await outboxState(scene.database, scene.now());
    if (state.busy === 0) return state;
    await pause(50);
  }
  throw new Error('what is due is not sent');
}

/**
 * Waits until no message waits, while time passes as on the machine: for a minute at most, since another process takes
 * a job over within half a minute.
 */
export async function allSent({ database, now }: Scene): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if ((await outboxState(database, now())).waiting === 0) return;
    await pause(50);
  }
  throw new Error('messages still wait');
}

/**
 * Stops the process while it has no transaction open. A machine that sleeps keeps no other from writing, because its
 * disk is its own; a process that stops within a transaction would do so here.
 */
async function stopOutsideTransaction({ child }: Running, place: Place, { storage }: OpenDatabase): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    child.kill('SIGSTOP');
    if (place.kind === 'SQLite') {
      if (isWritable(place.url.slice('file:'.length))) return;
      child.kill('SIGCONT');
    } else {
      const written = storage.write(async () => true);
      if (await Promise.race([written, pause(1_000)])) return;
      child.kill('SIGCONT');
      await written;
    }
    await pause(7);
  }
  throw new Error('always in a transaction');
}

function isWritable(file: string): boolean {
  const connection = new Sqlite(file, { timeout: 200 });
  try {
    connection.exec('begin immediate; rollback');
    return true;
  } catch {
    return false;
  } finally {
    connection.close();
  }
}

function isRunning({ child }: Running): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function portOf({ url }: SmtpPeer): number {
  return Number(new URL(url).port);
}
