import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenDatabase } from '../../../src/storage/engine';
import { openUrl } from '../../support/databases';
import { type SmtpPeer, smtpPeer } from '../../support/smtpPeer';
import { ask, type Client, client } from './client';
import type { Place } from './databases';
import { seedFaultDesk } from './desk';
import { freePort, pause, shim, startProgram } from './program';
import { type Wire, wire } from './proxy';

/** A program whose mail goes over a wire to a server of its own, and whose time can pass. */
export interface MailScene {
  readonly place: Place;
  readonly client: Client;
  readonly line: Wire;
  readonly smtp: SmtpPeer;
  /** A connection of our own beside the program's. */
  readonly database: OpenDatabase;
  /** From the next connection on mail goes to another server. */
  leadTo(peer: SmtpPeer): void;
  /** So much time passes for the program; then it has a moment for what is due. */
  elapse(ms: number): Promise<void>;
  /** All that the program printed. */
  output(): string;
  /** What the program takes for now. */
  now(): number;
  close(): Promise<void>;
}

/** Long enough for what is due to begin, or to fail. */
const MOMENT_MS = 150;

/** @param authority file of a certificate that the program trusts */
export async function mailScene(place: Place, dir: string, authority?: string, peer?: SmtpPeer): Promise<MailScene> {
  const own = mkdtempSync(join(dir, 'scene-'));
  const clock = shim(own);
  if (!clock) throw new Error('no C compiler');
  await seedFaultDesk(place.url, 5);
  const smtp = peer ?? (await smtpPeer());
  const line = await wire(portOf(smtp));
  const port = await freePort();
  const running = startProgram({
    databaseUrl: place.url,
    smtpUrl: `${new URL(smtp.url).protocol}//127.0.0.1:${line.port}`,
    port,
    env: { ...clock.env, ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}) },
  });
  await running.ready();
  const database = await openUrl(place.url, { now: Date.now() });
  let passed = 0;
  return {
    place,
    client: client(running.origin),
    line,
    smtp,
    database,
    output: running.output,
    leadTo: (other) => line.leadTo(portOf(other)),
    async elapse(ms) {
      passed += ms;
      clock.elapse(ms);
      // Timers are looked at when something happens.
      await ask(`${running.origin}/healthz`);
      await pause(MOMENT_MS);
    },
    now: () => Date.now() + passed,
    async close() {
      await database.storage.close();
      await running.kill();
      await line.close();
      if (!peer) await smtp.close();
    },
  };
}

function portOf({ url }: SmtpPeer): number {
  return Number(new URL(url).port);
}
