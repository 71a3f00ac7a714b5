import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { endAll, removeScratch, scratch } from '../faults/support/program';
import { markdownTable } from '../support/markdown';
import { allShuffled, allShuffledWhileBooking } from './allQuestions';
import { board } from './board';
import { bookings } from './bookings';
import { LOAD, pin, UNBOUND } from './cores';
import { engineAlone } from './engineAlone';
import { full } from './full';
import { HEAD, type Measure, row } from './measure';
import { endPeers } from './peer';
import { phone } from './phone';
import { onPostgres } from './postgres';
import { simulation } from './regret';
import { memory, startUp } from './running';
import { searches, searchesWhileBooking } from './searches';
import { progress, type Setting, setting } from './setting';

/** In the order of the table. */
const PARTS: Readonly<Record<string, (setting: Setting) => Promise<Measure[]>>> = {
  searches,
  arrivals: searchesWhileBooking,
  all: allShuffled,
  'all-arrivals': allShuffledWhileBooking,
  engine: engineAlone,
  bookings,
  full,
  board,
  phone,
  start: startUp,
  memory,
  postgres: onPostgres,
};

/** Asked for by itself: it measures no machine. Each round has clients of its own. */
const SIMULATION = 'simulation';

const ROUNDS = 7;
/** They take eight minutes. */
const SIMULATED_ROUNDS = 3;

/** Measures, and prints one table: what the program does, against what any program could do on this machine. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' } } });
  const { only, rounds = String(only === SIMULATION ? SIMULATED_ROUNDS : ROUNDS) } = values;
  const chosen = Object.entries(PARTS).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0 && only !== SIMULATION)
    throw new Error(`--only: expected one of ${[...Object.keys(PARTS), SIMULATION].join(', ')}`);
  if (!/^[1-9]\d*$/.test(rounds)) throw new Error('--rounds: expected a number from 1');
  if (only === SIMULATION) return void process.stdout.write(await simulation(Number(rounds)));

  const began = performance.now();
  const [load = 0] = loadavg();
  const dir = scratch();
  pin(process.pid, LOAD);
  const common = setting(dir, Number(rounds));
  const measures: Measure[] = [];
  try {
    for (const [name, measure] of chosen) {
      progress(name);
      measures.push(...(await measure(common)));
    }
  } finally {
    endPeers();
    endAll();
    removeScratch(dir);
  }
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
  const bound = UNBOUND ?? 'one core each for server and load';
  process.stdout.write(
    `\n${machine}; ${bound}; ${rounds} rounds in ${minutes} minutes; load of the machine before: ${load.toFixed(1)}\n\n`,
  );
  process.stdout.write(`${markdownTable(HEAD, measures.map(row))}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
