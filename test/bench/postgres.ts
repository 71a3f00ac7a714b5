import { readFileSync } from 'node:fs';
import { type PostgresServer, postgresServer } from '../support/postgres';
import { allShuffled } from './allQuestions';
import { bookingsOf, holdMails } from './bookings';
import { LOAD, SERVER } from './cores';
import { fill } from './fill';
import type { Load, Loaded } from './load';
import { figure, type Measure } from './measure';
import { peer } from './peer';
import { allQuestions } from './questions';
import { checked, searches, searchesWhileBooking } from './searches';
import { bookingBodies, bookingPath, progress, type Ready, type Setting, searchPath } from './setting';
import { SIZES, type Size } from './standardDesk';

const MAX_ROUNDS = 2;
/** What counts the statements; it comes with PostgreSQL. */
const COUNTER = 'pg_stat_statements';

/** The same on PostgreSQL, of one program; and what a request costs where two programs share the database. */
export async function onPostgres(setting: Setting): Promise<Measure[]> {
  const server = await postgresServer({ durable: true, preloaded: COUNTER });
  if (!server) return [{ name: 'on PostgreSQL', values: [], remark: 'no PostgreSQL here' }];
  try {
    progress('filling PostgreSQL');
    for (const size of Object.keys(SIZES) as Size[]) await fill(server.url(), setting.desk(size));
    for (const statement of ['create database bare_http', 'create database bare_loop', `create extension ${COUNTER}`])
      await server.run(statement);
    await holdMails(server.url());
    const rounds = Math.min(setting.rounds, MAX_ROUNDS);
    const where = { database: async () => server.url(), cores: [SERVER], rounds };
    const measured = [
      ...(await searches(setting, where)),
      ...(await searchesWhileBooking(setting, where)),
      ...(await allShuffled(setting, where, ['S', 'L'])),
    ].map(({ goal: _, ...measure }) => measure);
    const bookings = await bookingsOf(setting, {
      held: [await setting.program(server.url())],
      all: [],
      goal: { better: 'more', must: 0.3, aim: 0.6 },
      bare: { http: server.url('bare_http'), loop: server.url('bare_loop') },
      rounds,
    });
    return [
      ...[...measured, ...bookings].map(({ name, ...measure }) => ({ ...measure, name: `on PostgreSQL: ${name}` })),
      ...(await costs(setting, server)),
    ];
  } finally {
    await server.close();
  }
}

const PROGRAMS = 2;
const SEARCHES = 2_000;
const BOOKINGS = 200;
const CONNECTIONS = 8;

/**
 * What one request costs two programs in processor time and statements. Two cores, which server and load share, cannot
 * show how fast they are together.
 */
async function costs(setting: Setting, server: PostgresServer): Promise<Measure[]> {
  const programs: Ready[] = [];
  for (let i = 0; i < PROGRAMS; i++) programs.push(await setting.program(server.url()));
  const load = peer<Load, Loaded>('load', LOAD);
  const desk = setting.desk('L');
  const origins = programs.map(({ origin }) => origin);
  const questions = allQuestions([desk]).map(({ pair, range }) => searchPath(desk, pair, range));
  const common = { origins, connections: CONNECTIONS };
  const asked: Readonly<Record<string, Load>> = {
    'one question (answer in memory)': { ...common, paths: [searchPath(desk)], amount: SEARCHES },
    'all questions shuffled': { ...common, paths: questions, shuffle: 1, amount: SEARCHES },
    booking: {
      ...common,
      paths: [bookingPath(desk)],
      bodies: bookingBodies(desk, 2 * BOOKINGS, 1_000),
      amount: BOOKINGS,
    },
  };
  const measures: Measure[] = [];
  for (const [name, each] of Object.entries(asked)) {
    progress(`two programs on PostgreSQL: ${name}`);
    const before = { cpu: cpuMs(programs), statements: await statements(server) };
    const loaded = await load.ask(each);
    const count = Object.values(checked(loaded, each.bodies ? '201' : '200').answers).reduce((sum, n) => sum + n, 0);
    const spent = cpuMs(programs) - before.cpu;
    measures.push({
      name: `two programs on PostgreSQL at L: processor time a request, ${name}`,
      values: [spent / count],
      unit: 'ms',
      remark: `${figure(((await statements(server)) - before.statements) / count)} statements a request, with those of jobs`,
    });
  }
  await load.end();
  for (const program of programs) await program.term();
  return measures;
}

/** The statements that the server has run so far, this one not among them. */
async function statements(server: PostgresServer): Promise<number> {
  const { rows } = await server.run(`select coalesce(sum(calls), 0) as calls from ${COUNTER}`);
  return Number((rows[0] as { calls: string }).calls);
}

/** `USER_HZ` of Linux: the unit of processor times in /proc. */
const TICKS_PER_SECOND = 100;

/** Processor time of the processes so far, in user space and in the kernel. */
function cpuMs(programs: readonly Ready[]): number {
  const ticks = programs.map(({ pid }) => {
    // After the name, which may contain spaces, the fields 14 and 15 are the times (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return (ticks.reduce((sum, each) => sum + each, 0) * 1_000) / TICKS_PER_SECOND;
}
