import { readFileSync } from 'node:fs';
import { seedDesks } from '../../src/app/desks/seedDesks';
import { fillDesks } from '../../src/demo/demo';
import { shippedDesks } from '../../src/desks/shippedDesks';
import type { Desk } from '../../src/domain/desk';
import { randomIds } from '../../src/identity/ids';
import { manageTokens } from '../../src/identity/manageTokens';
import { openSqlite } from '../../src/storage/sqlite/open';
import { LOAD } from './cores';
import type { Load, Loaded } from './load';
import { figure, type Measure } from './measure';
import { peer } from './peer';
import { allQuestions } from './questions';
import { checked } from './searches';
import { progress, type Setting, searchPath } from './setting';
import type { Population } from './standardDesk';

const CONNECTIONS = 10;

/** From the start of the process on an existing database until /readyz, which is looked at every 20 ms. */
export async function startUp(setting: Setting): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const [size, goal] of [
    ['S', { must: 400, aim: 300 }],
    ['L', { must: 600, aim: 300 }],
  ] as const) {
    const databaseUrl = await setting.database(size);
    const times: number[] = [];
    for (let round = 1; round <= setting.rounds; round++) {
      progress(`start at ${size}, round ${round} of ${setting.rounds}`);
      const program = await setting.program(databaseUrl);
      times.push(program.readyMs);
      await program.term();
    }
    measures.push({
      name: `start on an existing database of ${size} until \`/readyz\``,
      values: times,
      unit: 'ms',
      goal: { better: 'less', ...goal },
    });
  }
  return [...measures, await demo(setting)];
}

/** What the first start in development takes besides, after the program listens: the bookings and past months of the demo. */
async function demo({ file, rounds }: Setting): Promise<Measure> {
  const times: number[] = [];
  let made = 0;
  for (let round = 1; round <= rounds; round++) {
    progress(`demo, round ${round} of ${rounds}`);
    const storage = await openSqlite(file('demo'), { now: Date.now() });
    const desks = shippedDesks(randomIds);
    await seedDesks({ storage })(desks);
    const before = process.cpuUsage();
    made = await fillDesks({
      ...{ storage, now: Date.now, ids: randomIds, tokens: manageTokens('a secret of the bench'), production: false },
      ...{
        sender: ({ email }: Desk) => email,
        shipped: desks.map(({ id }) => id),
        stopping: new AbortController().signal,
      },
    });
    times.push(process.cpuUsage(before).user / MICROSECONDS);
    await storage.close();
  }
  return {
    name: 'demo on an empty database, in the background: processor time',
    values: times,
    unit: 'ms',
    remark: `${made.toLocaleString('en')} bookings`,
  };
}

/** Of a millisecond. */
const MICROSECONDS = 1_000;

/** What the program keeps in memory (resident set) when every question that there is was asked twice. */
export async function memory(setting: Setting): Promise<Measure[]> {
  return [
    await memoryOf(setting, 'L', { must: 180, aim: 120 }),
    await memoryOf(setting, '200 desks', { must: 250, aim: 150 }),
  ];
}

async function memoryOf(
  setting: Setting,
  population: Population,
  goal: { readonly must: number; readonly aim: number },
): Promise<Measure> {
  progress(`memory of ${population}`);
  const program = await setting.program(await setting.database(population));
  const load = peer<Load, Loaded>('load', LOAD);
  const questions = allQuestions(setting.desks(population));
  const paths = questions.map(({ desk, pair, range }) => searchPath(desk, pair, range));
  const before = residentMegabytes(program.pid);
  // In one order for all connections, each of which asks every tenth, so that each question is asked twice.
  const asked = { origins: [program.origin], connections: CONNECTIONS, paths, inTurn: true, amount: 2 * paths.length };
  checked(await load.ask(asked));
  const after = residentMegabytes(program.pid);
  await load.end();
  await program.term();
  return {
    name: `memory after all questions twice, ${population}`,
    values: after === undefined ? [] : [after],
    unit: 'MB',
    goal: { better: 'less', ...goal },
    remark: `${figure(before ?? Number.NaN)} MB when ready; ${paths.length.toLocaleString('en')} questions`,
  };
}

/** Undefined where the system does not tell it as Linux does. */
function residentMegabytes(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
  } catch {
    return undefined;
  }
}
