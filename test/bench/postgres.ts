import { postgresServer } from '../support/postgres';
import { LOAD, SERVER } from './cores';
import { fill } from './fill';
import type { Loaded } from './load';
import type { Measure } from './measure';
import { bareExpress, rates, searched } from './searches';
import { progress, type Setting } from './setting';

const SECONDS = 1.5;
/** Reported only. */
const MOST_ROUNDS = 3;

/** The same question at L on PostgreSQL, asked of one program and of two; the second has no core of its own, where there are only two. */
export async function searchesOnPostgres(setting: Setting): Promise<Measure[]> {
  const server = await postgresServer({ durable: true });
  const name = (programs: string) => `\`GET …/slots\` at L on PostgreSQL ÷ bare Express, ${programs}`;
  if (!server) return [{ name: name('one program'), values: [], remark: 'no PostgreSQL here' }];
  try {
    progress('filling the database of L on PostgreSQL');
    await fill(server.url(), setting.desk('L'));
    const bare = await bareExpress();
    const measured: Measure[] = [];
    const rounds = Math.min(setting.rounds, MOST_ROUNDS);
    for (const [programs, cores] of [
      ['one program', [SERVER]],
      ['two programs, the second on the core of the load', [SERVER, LOAD]],
    ] as const) {
      const of = await searched(setting, 'L', bare, { databaseUrl: server.url(), cores });
      const met = { program: [] as Loaded[], bare: [] as Loaded[] };
      for (let round = 1; round <= rounds; round++) {
        progress(`searches on PostgreSQL, ${programs}, round ${round} of ${rounds}`);
        met.bare.push(await of.askBare({ seconds: SECONDS }));
        met.program.push(await of.ask({ seconds: SECONDS }));
      }
      await of.end();
      measured.push({
        name: name(programs),
        values: met.program.map(({ perSecond }, i) => perSecond / (met.bare[i]?.perSecond ?? Number.NaN)),
        remark: rates(met),
      });
    }
    await bare.end();
    return measured;
  } finally {
    await server.close();
  }
}
