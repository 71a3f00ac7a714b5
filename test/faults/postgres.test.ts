import { join } from 'node:path';
import { type PostgresServer, postgresServer } from '../support/postgres';
import { disagreements, staffToken } from './support/agreement';
import { bookers, ledger, type Met } from './support/bookers';
import { DESK, seedFaultDesk } from './support/desk';
import { hurts, inflict } from './support/hurts';
import { verdict } from './support/oracle';
import { FULL, pause, rounds } from './support/program';
import { report } from './support/report';
import { suite } from './support/suite';
import { aftermath, type Member, member, watchSenders } from './support/together';

const here = suite();
/** A server of this file's own, because the tests hurt it. */
let server: PostgresServer | null = null;
beforeAll(async () => {
  server = await postgresServer({ durable: true });
});
afterAll(() => server?.close());

const PARALLEL = 50;
const ADVISORS = 20;
/** How long clients rest after a booking, so that fifty of them still find something when the last fault comes. */
const REST_MS = FULL ? 2_500 : 1_200;
const MINUTE_MS = 60_000;
/** How long systemd waits for the program to stop before it kills it: TimeoutStopSec of docs/sprechstunde.service. */
const KILLED_MS = 15_000;
const DAYS = 14;

const whole = { lost: 0, doubled: 0, untold: 0, integrity: 'ok' };
const ms = (duration: number) => `${Math.round(duration)} ms`;
const heard = ({ unavailable, broken, late, slowestMs }: Met) =>
  `${unavailable} × 503, ${broken} refused or broken connections, ${late} late, slowest answer ${ms(slowestMs)}`;

/** Makes a database with the fault desk, and prepares programs on it that are not started yet. */
async function on({ url, run }: PostgresServer, name: string, programs: number) {
  await run(`create database ${name}`);
  const databaseUrl = url(name);
  await seedFaultDesk(databaseUrl, ADVISORS);
  const together: Member[] = [];
  for (let i = 0; i < programs; i++) together.push(await member(databaseUrl));
  for (const { smtp } of together) here.closing(smtp);
  return { databaseUrl, programs: together, kept: ledger(join(here.dir, `${name}.jsonl`)) };
}

describe('Two programs on one PostgreSQL', () => {
  it('lose and double nothing while the database is hurt and the process with the jobs is killed', async () => {
    if (!server) return;
    const { databaseUrl, programs, kept } = await on(server, 'hurt', 3);
    const [keeper, ...two] = programs as [Member, Member, Member];
    const senders = watchSenders(programs);
    await keeper.start();
    await Promise.all(two.map((program) => program.start()));
    const origins = two.map(({ origin }) => origin);
    const token = await staffToken(databaseUrl);
    const clients = bookers({ origins, ledger: kept, parallel: PARALLEL, restMs: REST_MS });
    await clients.start();
    while (senders.turns().length === 0) await pause(20);
    expect(senders.turns()[0]?.member).toBe(keeper);
    await keeper.kill();
    const killed = performance.now();

    const done: { fault: string; tries: number; ready: number; from: number; to: number; unavailable: number }[] = [];
    for (const hurt of hurts(server, 'hurt', two)) {
      const [from, before] = [kept.read().length, clients.met.unavailable];
      const ready = await inflict(hurt, two);
      const unavailable = clients.met.unavailable - before;
      done.push({ fault: hurt.fault, tries: hurt.times, ready, from, to: kept.read().length, unavailable });
    }
    while (senders.turns().length < 2 && performance.now() - killed < 2 * MINUTE_MS) await pause(50);
    const takenOver = (senders.turns()[1]?.since ?? Number.POSITIVE_INFINITY) - killed;
    const met = await clients.stop();
    const different = await disagreements(origins, token, DAYS);
    const { exits, told, found, mails } = await aftermath({
      databaseUrl,
      programs: two,
      everSent: programs,
      kept,
      patient: FULL,
    });
    senders.end();

    for (const { fault, tries, ready, from, to, unavailable } of done)
      report({
        fault,
        tries,
        ...(await verdict(databaseUrl, told.slice(from, to))),
        remarks: `${unavailable} × 503; ready again within ${ms(ready)}`,
      });
    const blows = done.reduce((sum, { tries }) => sum + tries, 0);
    report({
      fault: `PostgreSQL: all of these under ${PARALLEL} bookers at two programs`,
      tries: blows,
      ...found,
      mails: mails.mails,
      remarks: `${met.tries} requests, ${met.conflicts} conflicts, ${heard(met)}; ${mails.copies} further identical copies of mails; ${different} different answers`,
    });
    report({
      fault: 'PostgreSQL: kill -9 of the process that holds the jobs',
      tries: 1,
      remarks: `another sent mail after ${ms(takenOver)}; ${senders.turns().length} senders, one after the other`,
    });
    expect(met.strange).toEqual([]);
    expect(found).toMatchObject(whole);
    expect(found.acknowledged).toBeGreaterThan(0);
    expect(different).toBe(0);
    expect(exits).toEqual([0, 0]);
    expect(two.map((program) => program.output()).join('')).not.toContain('"defect"');
    expect(mails).toMatchObject({ unlike: 0, astray: 0, miscounted: 0 });
    expect(mails.copies).toBeLessThanOrEqual(blows + 1);
    // Two programs that send at once would take turns at every mail. A few turns are allowed, because a holder loses
    // the job, too, if it cannot give a sign of life for 20 s.
    expect(senders.turns().length).toBeLessThanOrEqual(2 + done.length);
    expect(takenOver).toBeLessThan(MINUTE_MS);
  }, 1_800_000);

  it('sell every seat once to six hundred racing clients, with a hard restart of the database in the middle', async () => {
    if (!server) return;
    const [CLIENTS, STARTS] = [600, 6];
    const seats = STARTS * ADVISORS;
    for (let round = 1; round <= rounds(1, 5); round++) {
      const { databaseUrl, programs, kept } = await on(server, `race${round}`, 2);
      await Promise.all(programs.map((program) => program.start()));
      const origins = programs.map(({ origin }) => origin);
      const token = await staffToken(databaseUrl);
      const clients = bookers({ origins, ledger: kept, parallel: CLIENTS });
      const starts = await hoursOfTomorrow(origins[0] as string, STARTS);
      const began = performance.now();
      const race = clients.race(CLIENTS, starts);
      while (clients.met.acknowledged < seats / 4) await pause(1);
      const before = clients.met.acknowledged;
      await server.crash();
      await server.start();
      const met = await race;
      const took = performance.now() - began;
      const different = await disagreements(origins, token, DAYS);
      const { found, mails } = await aftermath({ databaseUrl, programs, kept });
      report({
        fault: `PostgreSQL: ${CLIENTS} clients race for ${STARTS} × ${ADVISORS} seats, hard restart in the middle`,
        tries: CLIENTS,
        ...found,
        mails: mails.mails,
        remarks: `restart after ${before} acknowledged; ${met.conflicts} conflicts, ${heard(met)}; all knew after ${ms(took)}; ${mails.copies} further identical copies of mails; ${different} different answers`,
      });
      expect(met.strange).toEqual([]);
      expect(before).toBeLessThan(seats);
      expect(met.unavailable).toBeGreaterThan(0);
      expect(found).toMatchObject({ ...whole, acknowledged: seats, unheard: 0 });
      expect(met.acknowledged + met.conflicts).toBe(CLIENTS);
      expect(different).toBe(0);
      expect(mails).toMatchObject({ unlike: 0, astray: 0, miscounted: 0 });
      // The copy is of the mail that was being sent when the database went.
      expect(mails.copies).toBeLessThanOrEqual(1);
    }
  }, 1_800_000);

  it('are restarted one after the other under load, and nobody is told of a fault', async () => {
    if (!server) return;
    const { databaseUrl, programs, kept } = await on(server, 'rolling', 2);
    await Promise.all(programs.map((program) => program.start()));
    const origins = programs.map(({ origin }) => origin);
    const clients = bookers({ origins, ledger: kept, parallel: PARALLEL, restMs: REST_MS / 2 });
    await clients.start();
    let [slowest, restarts] = [0, 0];
    for (let round = 0; round < rounds(1, 10); round++)
      for (const program of programs) {
        await pause(500);
        const began = performance.now();
        expect(await program.term()).toBe(0);
        slowest = Math.max(slowest, performance.now() - began);
        await program.start();
        restarts++;
      }
    const met = await clients.stop();
    const { found, mails } = await aftermath({ databaseUrl, programs, kept });
    report({
      fault: `PostgreSQL: rolling restart of two programs under ${PARALLEL} bookers`,
      tries: restarts,
      ...found,
      mails: mails.mails,
      remarks: `${met.tries} requests, ${heard(met)}; exit 0 within ${ms(slowest)}; ${mails.copies} further copies of mails`,
    });
    expect(met).toMatchObject({ strange: [], unavailable: 0 });
    expect(slowest).toBeLessThan(KILLED_MS);
    expect(found).toMatchObject(whole);
    expect(found.acknowledged).toBeGreaterThan(0);
    expect(mails).toMatchObject({ unlike: 0, astray: 0, miscounted: 0 });
    expect(mails.copies).toBeLessThanOrEqual(restarts);
  }, 1_800_000);
});

/**
 * Returns the first free start of tomorrow afternoon (UTC) and those at full hours after it. In a new database each has
 * as many seats as there are advisors.
 */
async function hoursOfTomorrow(origin: string, starts: number): Promise<string[]> {
  const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  const answer = await fetch(
    `${origin}/api/v1/desks/${DESK}/slots?topic=career&language=en&from=${tomorrow}T12:00:00Z`,
  );
  const { slots } = (await answer.json()) as { slots: { start: string }[] };
  const hour = Date.parse(slots[0]?.start ?? '');
  const all = Array.from({ length: starts }, (_, i) => hour + i * 3_600_000);
  return slots.map(({ start }) => start).filter((start) => all.includes(Date.parse(start)));
}
