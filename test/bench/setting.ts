import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { mulberry32 } from '../../src/demo/random';
import { localDate } from '../../src/domain/calendar/zone';
import { freePort, type Running, startProgram } from '../faults/support/program';
import { smtpPeer } from '../support/smtpPeer';
import { pin, SERVER } from './cores';
import { fill } from './fill';
import { type Pair, type Size, type StandardDesk, standardDesk } from './standardDesk';

/** What the measures have together: desks, databases and programs, made when they are asked for. */
export interface Setting {
  /** Rounds of every measure. */
  readonly rounds: number;
  desk(size: Size): StandardDesk;
  /** A SQLite database with the desk, for whoever asks alone. */
  database(size: Size): Promise<string>;
  /** An empty SQLite file. */
  file(name: string): string;
  /** The real program as in production, ready and bound to a core. Its mails are taken at once. */
  program(databaseUrl: string, core?: number): Promise<Ready>;
}

/** What the programs work on, and where. */
export interface Where {
  /** A database with the desk. */
  readonly database: (size: Size) => Promise<string>;
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
  const desks = new Map<Size, StandardDesk>();
  const filled = new Map<Size, Promise<string>>();
  const mails = smtpPeer();
  let copies = 0;
  // Midnight may pass while the bench runs: all desks are of one day.
  const now = Date.now();

  const desk = (size: Size) => {
    const made = desks.get(size) ?? standardDesk(size, now);
    desks.set(size, made);
    return made;
  };
  const original = async (size: Size) => {
    progress(`filling the database of ${size}`);
    const file = join(dir, `${size}.db`);
    await fill(`file:${file}`, desk(size));
    return file;
  };
  return {
    rounds,
    desk,
    file: (name) => join(dir, `${name}-${copies++}.db`),
    async database(size) {
      const made = filled.get(size) ?? original(size);
      filled.set(size, made);
      const copy = join(dir, `copy-${copies++}.db`);
      copyFileSync(await made, copy);
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

/** Where the desk's question is asked, or the same about another pair. */
export function searchPath({ desk, query }: StandardDesk, { topicId, language }: Pair = query): string {
  const day = (at: number) => localDate(at, desk.hours.timeZone);
  const { start, end } = query.range;
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
