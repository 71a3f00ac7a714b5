import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { mulberry32 } from '../../src/demo/random';
import type { Interval } from '../../src/domain/calendar/interval';
import { localDate } from '../../src/domain/calendar/zone';
import { freePort, type Running, startProgram } from '../faults/support/program';
import { smtpPeer } from '../support/smtpPeer';
import { pin, SERVER } from './cores';
import { fill } from './fill';
import { type Pair, type Population, type Size, type StandardDesk, smallDesks, standardDesk } from './standardDesk';

/** What the measures have together: desks, databases and programs, made when they are asked for. */
export interface Setting {
  /** Rounds of every measure. */
  readonly rounds: number;
  desk(size: Size): StandardDesk;
  /** All desks of a database. */
  desks(population: Population): readonly StandardDesk[];
  /** A SQLite database with these desks, for whoever asks alone. */
  database(population: Population): Promise<string>;
  /** An empty SQLite file. */
  file(name: string): string;
  /** The real program as in production, ready and bound to a core. Its mails are taken at once. */
  program(databaseUrl: string, core?: number): Promise<Ready>;
}

/** What the programs work on, and where. */
export interface Where {
  /** A database with these desks. */
  readonly database: (population: Population) => Promise<string>;
  /** One program on each of the cores. */
  readonly cores: readonly number[];
  readonly rounds: number;
}

/** One program, on SQLite. */
export function usually({ database, rounds }: Setting): Where {
  return { database, cores: [SERVER], rounds };
}

/** A program that has answered /readyz. */
export interface Ready extends Running {
  readonly pid: number;
  /** Milliseconds from its start. */
  readonly readyMs: number;
}

/** @param dir a folder that whoever made it removes */
export function setting(dir: string, rounds: number): Setting {
  const made = new Map<Population, readonly StandardDesk[]>();
  const filled = new Map<Population, Promise<string>>();
  const mails = smtpPeer();
  let copies = 0;
  // Midnight may pass while the bench runs: all desks are of one day.
  const now = Date.now();

  const desks = (population: Population) => {
    const there = made.get(population) ?? desksOf(population, now);
    made.set(population, there);
    return there;
  };
  const original = async (population: Population) => {
    progress(`filling the database of ${population}`);
    const file = join(dir, `${population}.db`);
    for (const desk of desks(population)) await fill(`file:${file}`, desk);
    return file;
  };
  return {
    rounds,
    desk: (size) => desks(size)[0] as StandardDesk,
    desks,
    file: (name) => join(dir, `${name}-${copies++}.db`),
    async database(population) {
      const there = filled.get(population) ?? original(population);
      filled.set(population, there);
      const copy = join(dir, `copy-${copies++}.db`);
      copyFileSync(await there, copy);
      return `file:${copy}`;
    },
    async program(databaseUrl, core = SERVER) {
      const running = startProgram({ databaseUrl, smtpUrl: (await mails).url, port: await freePort() });
      const pid = running.child.pid ?? 0;
      pin(pid, core);
      return { ...running, pid, readyMs: await running.ready() };
    },
  };
}

function desksOf(population: Population, now: number): readonly StandardDesk[] {
  if (population === '30 desks') return smallDesks(30, now);
  if (population === '200 desks') return smallDesks(200, now);
  return [standardDesk(population, now)];
}

/** Where the desk's question is asked, or the same about another pair. */
export function searchPath(
  { desk, query }: StandardDesk,
  { topicId, language }: Pair = query,
  { start, end }: Interval = query.range,
): string {
  const day = (at: number) => localDate(at, desk.hours.timeZone);
  return `/api/v1/desks/${desk.id}/slots?topic=${topicId}&language=${language}&from=${day(start)}&to=${day(end)}`;
}

/** Where bookings are made. */
export function bookingPath({ desk }: StandardDesk): string {
  return `/api/v1/desks/${desk.id}/bookings`;
}

/** What so many clients send who book: the topics and languages that there are, as often as there are advisors for them, at any time. */
export function bookingBodies({ desk, starts }: StandardDesk, count: number, seed: number): string[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, i) => {
    const advisor = random.pick(desk.advisors);
    return JSON.stringify({
      topic: random.pick(advisor.topics),
      language: random.pick(advisor.languages),
      mode: 'phone',
      start: new Date(random.pick(starts)).toISOString(),
      client: { name: `Bench ${seed} ${i}`, email: `bench-${seed}-${i}@client.example`, phone: '+49 30 23125 001' },
      consent: true,
    });
  });
}

/** Tells whoever waits what is done just now. */
export function progress(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}
