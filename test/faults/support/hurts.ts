import pg from 'pg';
import type { PostgresServer } from '../../support/postgres';
import { DESK } from './desk';
import { pause, rounds } from './program';
import type { Member } from './together';

const MINUTE_MS = 60_000;
/** How long bookings can come through again between two blows. */
const BREATH_MS = 700;

/** One way to hurt the server: `once` does it, and afterwards the programs must become ready again by themselves. */
export interface Hurt {
  readonly fault: string;
  readonly times: number;
  once(): Promise<void>;
  /** How long until the next blow, if not `BREATH_MS`. */
  readonly breathMs?: number;
}

/** Returns all ways to hurt PostgreSQL while `programs` work with its database `name`. */
export function hurts(server: PostgresServer, name: string, programs: readonly Member[]): readonly Hurt[] {
  return [...restarts(server), ...connections(server, name), ...refusals(server, name, programs)];
}

/**
 * Hurts the server as often as the fault says.
 *
 * @returns the longest time in ms that the programs needed until they were ready again
 */
export async function inflict(
  { times, once, breathMs = BREATH_MS }: Hurt,
  programs: readonly Member[],
): Promise<number> {
  let slowest = 0;
  for (let i = 0; i < times; i++) {
    await once();
    slowest = Math.max(slowest, await allReady(programs));
    await pause(breathMs);
  }
  return slowest;
}

function restarts(server: PostgresServer): Hurt[] {
  return [
    {
      fault: 'PostgreSQL: hard restart (SIGQUIT, recovery from the log)',
      times: rounds(1, 20),
      async once() {
        await server.crash();
        await server.start();
      },
    },
    {
      fault: 'PostgreSQL: fast shutdown, half a second away, start',
      times: rounds(1, 5),
      async once() {
        await server.stop();
        await pause(500);
        await server.start();
      },
    },
  ];
}

function connections(server: PostgresServer, name: string): Hurt[] {
  const any = `select pid from pg_stat_activity where datname = '${name}' and application_name = 'sprechstunde' order by random() limit 1`;
  return [
    {
      fault: 'PostgreSQL: connections ended (pg_terminate_backend)',
      times: rounds(6, 150),
      async once() {
        await runSoon(server, `select pg_terminate_backend(pid) from (${any}) as one`);
      },
      breathMs: 100,
    },
    {
      fault: 'PostgreSQL: kill -9 of one backend process',
      times: rounds(1, 10),
      async once() {
        const [backend] = (await runSoon(server, any)).rows as { pid: number }[];
        if (!backend) throw new Error('no program is connected');
        process.kill(backend.pid, 'SIGKILL');
        await pause(200);
      },
    },
  ];
}

function refusals(server: PostgresServer, name: string, programs: readonly Member[]): Hurt[] {
  const seconds = rounds(2, 12);
  return [
    {
      fault: `PostgreSQL: somebody else locks the bookings for ${seconds} s`,
      times: rounds(1, 3),
      async once() {
        const other = new pg.Client({ connectionString: server.url(name) });
        await other.connect();
        await other.query('begin; lock table booking in access exclusive mode');
        await pause(seconds * 1_000);
        await other.query('commit');
        await other.end();
      },
    },
    {
      fault: 'PostgreSQL: read-only for a second, as a standby is',
      times: rounds(1, 5),
      async once() {
        await runSoon(server, 'alter system set default_transaction_read_only = on');
        await runSoon(server, 'select pg_reload_conf()');
        await pause(500);
        await expectReadOnly(programs);
        await runSoon(server, 'alter system reset default_transaction_read_only');
        await runSoon(server, 'select pg_reload_conf()');
      },
    },
  ];
}

/** Expects that each program still reads, and refuses to write with 503 and a Retry-After. */
async function expectReadOnly(programs: readonly Member[]): Promise<void> {
  for (const { origin } of programs) {
    const slots = await fetch(`${origin}/api/v1/desks/${DESK}/slots?topic=career&language=en`);
    expect(slots.status).toBe(200);
    const [slot] = ((await slots.json()) as { slots: { start: string }[] }).slots.slice(-1);
    const hold = await fetch(`${origin}/api/v1/desks/${DESK}/holds`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ topic: 'career', language: 'en', start: slot?.start }),
    });
    expect([hold.status, hold.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
  }
}

/** Runs a statement in the server's own database as soon as it can be reached. */
async function runSoon({ run }: PostgresServer, statement: string) {
  for (let tries = 0; ; tries++) {
    try {
      return await run(statement);
    } catch (error) {
      if (tries > 100) throw error;
      await pause(100);
    }
  }
}

/** @returns milliseconds until all answer /readyz with 200 */
async function allReady(programs: readonly Member[]): Promise<number> {
  const began = performance.now();
  for (const { origin } of programs)
    while (!(await fetch(`${origin}/readyz`).catch(() => undefined))?.ok) {
      if (performance.now() - began > MINUTE_MS) throw new Error(`${origin} does not recover`);
      await pause(20);
    }
  return performance.now() - began;
}
