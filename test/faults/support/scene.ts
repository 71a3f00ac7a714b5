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

/** A program whose clock can be set and whose time can pass, and whose mail goes over a wire to a server of its own. */
export interface Scene {
  readonly place: Place;
  readonly client: Client;
  readonly line: Wire;
  readonly smtp: SmtpPeer;
  /** A connection of our own beside the program's. */
  readonly database: OpenDatabase;
  /** The program as it runs now. */
  running(): Running;
  /** From the next connection on mail goes to another server. */
  leadTo(peer: SmtpPeer): void;
  /** So much time passes for the program; then it has a moment for what is due. */
  elapse(ms: number): Promise<void>;
  /** Somebody sets the clock: from now on it is so far off the right time. */
  setClock(ms: number): Promise<void>;
  /** What the program takes for now. */
  now(): number;
  /** Stops the process where it stands, and with it its stopwatch; `setClock` and `elapse` then count from its waking. */
  suspend(): Promise<void>;
  wake(): void;
  /** After `running().kill()`: the same again, with the clock as it was. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** By default the fault desk with five advisors. Added unless it is there. */
  readonly desk?: Desk;
  /** File of a certificate that the program trusts. */
  readonly authority?: string | undefined;
  /** The mail server, if not one of its own; whoever made it closes it. */
  readonly peer?: SmtpPeer;
}

/** Long enough for what is due to begin, or to fail. */
const MOMENT_MS = 150;

/** @param dir where it may keep what is its own */
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
  // Timers are looked at when something happens.
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

/** Waits until no message waits, without any time passing but that of the machine: a minute at most, as others take a job over in half of it. */
export async function allSent({ database, now }: Scene): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if ((await outboxState(database, now())).waiting === 0) return;
    await pause(50);
  }
  throw new Error('messages still wait');
}

/** Not within a transaction: a machine that sleeps with a disk of its own keeps no other from writing. */
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
