import { readFileSync } from 'node:fs';
import { LOAD } from './cores';
import type { Load, Loaded } from './load';
import { figure, type Measure } from './measure';
import { peer } from './peer';
import { progress, type Setting, searchPath } from './setting';

const SEARCHES = 10_000;
const CONNECTIONS = 10;
const PROBE_SECONDS = 1;
/** A slow engine is not asked as often. */
const MOST_SECONDS = 30;

/** From the start of the process on an existing database until /readyz, which is looked at every 20 ms. */
export async function startUp(setting: Setting): Promise<Measure[]> {
  const databaseUrl = await setting.database('L');
  const seconds: number[] = [];
  for (let round = 1; round <= setting.rounds; round++) {
    progress(`start, round ${round} of ${setting.rounds}`);
    const program = await setting.program(databaseUrl);
    seconds.push(program.readyMs);
    await program.term();
  }
  return [
    {
      name: 'start on an existing L database until `/readyz`',
      values: seconds,
      unit: 'ms',
      goal: { better: 'less', must: 1_000, aim: 500 },
    },
  ];
}

/** What the program keeps in memory (resident set) when every question that there is has been asked in turn. */
export async function memory(setting: Setting): Promise<Measure[]> {
  progress('memory');
  const desk = setting.desk('L');
  const program = await setting.program(await setting.database('L'));
  const load = peer<Load, Loaded>('load', LOAD);
  const usual = {
    origins: [program.origin],
    paths: desk.pairs.map((pair) => searchPath(desk, pair)),
    connections: CONNECTIONS,
  };
  const before = residentMegabytes(program.pid);
  const { perSecond } = await load.ask({ ...usual, seconds: PROBE_SECONDS });
  const amount = Math.max(CONNECTIONS, Math.min(SEARCHES, Math.round(perSecond * MOST_SECONDS)));
  await load.ask({ ...usual, amount });
  const after = residentMegabytes(program.pid);
  await load.end();
  await program.term();
  return [
    {
      name: `memory at L after ${SEARCHES.toLocaleString('en')} searches`,
      values: after === undefined ? [] : [after],
      unit: 'MB',
      goal: { better: 'less', must: 200, aim: 150 },
      remark: `${figure(before ?? Number.NaN)} MB when ready; ${usual.paths.length} questions in turn${amount < SEARCHES ? `, only ${amount.toLocaleString('en')} searches in ${MOST_SECONDS} s` : ''}`,
    },
  ];
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
