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

/** Starts a pair on each database; all of them send their mail to one server. */
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

/** Starts a program on a database, at a free port or at `port`, where one ran before. */
export async function startOn({ url }: Place, smtp: SmtpPeer, port?: number): Promise<Running> {
  // All programs name one address in their answers, as behind a balancer, because tests compare the answers.
  const env = { BASE_URL: 'https://termine.stadt.example' };
  return startProgram({ databaseUrl: url, smtpUrl: smtp.url, port: port ?? (await freePort()), env });
}

/** Returns the i-th of all; after the last one comes the first again. */
export function either<T>(all: readonly T[], i: number): T {
  return all[i % all.length] as T;
}
