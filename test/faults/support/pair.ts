import type { SmtpPeer } from '../../support/smtpPeer';
import { type Client, client } from './client';
import type { Place } from './databases';
import { seedFaultDesk } from './desk';
import { freePort, type Running, startProgram } from './program';

/** Two programs on one database, and a client of each. */
export interface Pair {
  readonly place: Place;
  readonly both: readonly Client[];
  readonly running: readonly Running[];
}

/** A pair on each database, all of whose mail goes to one server. */
export async function pairs(places: readonly Place[], smtp: SmtpPeer, advisors: number): Promise<Pair[]> {
  const all: Pair[] = [];
  for (const place of places) {
    await seedFaultDesk(place.url, advisors);
    const running = [await startOn(place, smtp), await startOn(place, smtp)];
    await Promise.all(running.map((program) => program.ready()));
    all.push({ place, running, both: running.map(({ origin }) => client(origin)) });
  }
  return all;
}

/** One more program, or at `port` the same again. */
export async function startOn({ url }: Place, smtp: SmtpPeer, port?: number): Promise<Running> {
  // One address in all programs' answers, as behind a balancer: they are compared.
  const env = { BASE_URL: 'https://termine.stadt.example' };
  return startProgram({ databaseUrl: url, smtpUrl: smtp.url, port: port ?? (await freePort()), env });
}

/** The i-th in turn. */
export function either<T>(all: readonly T[], i: number): T {
  return all[i % all.length] as T;
}
