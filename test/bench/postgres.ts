import { postgresServer } from '../support/postgres';
import { bookingsOnPostgres } from './bookings';
import { LOAD, SERVER } from './cores';
import { fill } from './fill';
import type { Measure } from './measure';
import { searches, searchesWhileBooking } from './searches';
import { progress, type Ready, type Setting } from './setting';
import { SIZES, type Size } from './standardDesk';

/** Reported only. */
const MOST_ROUNDS = 2;

/** The same on PostgreSQL, of one program and of two; the second has no core of its own, where there are only two. */
export async function onPostgres(setting: Setting): Promise<Measure[]> {
  const server = await postgresServer({ durable: true });
  if (!server) return [{ name: 'on PostgreSQL', values: [], remark: 'no PostgreSQL here' }];
  try {
    progress('filling PostgreSQL');
    for (const size of Object.keys(SIZES) as Size[]) await fill(server.url(), setting.desk(size));
    await server.run('create database bare');
    const bare = server.url('bare');
    const rounds = Math.min(setting.rounds, MOST_ROUNDS);
    const measured: Measure[] = [];
    for (const [title, cores] of [
      ['on PostgreSQL', [SERVER]],
      ['on PostgreSQL, two programs, one on the core of the load', [SERVER, LOAD]],
    ] as const) {
      progress(title);
      const where = { database: async () => server.url(), cores, rounds };
      const parts = [
        ...(await searches(setting, where)),
        ...(await searchesWhileBooking(setting, where)),
        ...(await bookingsOnPostgres(setting, { programs: await started(setting, server.url(), cores), bare, rounds })),
      ];
      measured.push(...parts.map(({ goal: _, name, ...measure }) => ({ ...measure, name: `${title}: ${name}` })));
    }
    return measured;
  } finally {
    await server.close();
  }
}

async function started(setting: Setting, databaseUrl: string, cores: readonly number[]): Promise<Ready[]> {
  const programs: Ready[] = [];
  for (const core of cores) programs.push(await setting.program(databaseUrl, core));
  return programs;
}
