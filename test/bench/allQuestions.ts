import { type BareDesk, bareDesk } from './bareDesk';
import { alone, LOAD, SERVER } from './cores';
import type { Load, Loaded } from './load';
import { figure, type Measure, median } from './measure';
import { type Peer, peer } from './peer';
import { allQuestions, shuffled } from './questions';
import { checked, counts, rates } from './searches';
import { bookingBodies, bookingPath, progress, type Setting, searchPath, usually, type Where } from './setting';
import type { Population } from './standardDesk';

const CONNECTIONS = 10;
const SECONDS = 1.5;
const WARM_UP_SECONDS = 3;
const ARRIVING_SECONDS = 3;
const ARRIVING_PER_SECOND = 20;
/** So many of the answers are those of bare Express, evenly from all. */
const SAMPLE = 100;

const GOALS: Partial<Record<Population, { must: number; aim: number }>> = {
  S: { must: 0.4, aim: 0.8 },
  L: { must: 0.35, aim: 0.8 },
  '200 desks': { must: 0.35, aim: 0.8 },
};
/** Where it is also asked what others would build. */
const COMPARED: readonly Population[] = ['S', 'L'];

/** What answers the questions: the program, or what one would take instead. */
type Kind = 'program' | 'express' | 'sql' | 'bitmaps';

/**
 * All questions that the desks can be asked, after each was asked once (the diaries of 200 desks are not read in a second),
 * each connection in an order of its own, so that memory of answers helps as little as in a rush; against bare Express with a sample of the same answers, one SQL a request, and bitmaps.
 */
export async function allShuffled(
  setting: Setting,
  where: Where = usually(setting),
  populations: readonly Population[] = ['S', 'M', 'L', '30 desks', '200 desks'],
): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const population of populations) measures.push(...(await ofPopulation(setting, population, where)));
  return measures;
}

async function ofPopulation(setting: Setting, population: Population, where: Where): Promise<Measure[]> {
  const asked = await questioned(setting, population, where);
  const met = new Map<Kind, Loaded[]>(asked.kinds.map((kind) => [kind, []]));
  const first = await asked.ask('program', { amount: asked.questions, inTurn: true });
  for (const kind of asked.kinds) if (kind !== 'program') await asked.ask(kind, { seconds: WARM_UP_SECONDS });
  for (let round = 1; round <= where.rounds; round++) {
    progress(`all questions of ${population}, round ${round} of ${where.rounds}`);
    for (const kind of asked.kinds) met.get(kind)?.push(await asked.ask(kind, { seconds: SECONDS, shuffle: round }));
  }
  await asked.end();
  const of = (kind: Kind) => met.get(kind) ?? [];
  const ratios = (value: (loaded: Loaded) => number) =>
    of('program').map((loaded, i) => value(loaded) / value(of('express')[i] as Loaded));
  const goal = GOALS[population];
  const others = asked.kinds.filter((kind) => kind === 'sql' || kind === 'bitmaps');
  return [
    {
      name: `all questions shuffled, requests/s ÷ bare Express, ${population}`,
      values: ratios(({ perSecond }) => perSecond),
      ...(goal && { goal: { better: 'more', ...goal } as const }),
      remark: [
        `${asked.questions.toLocaleString('en')} questions, ${rates({ program: of('program'), bare: of('express') })}`,
        ...others.map((kind) => `${NAMES[kind]} ${figure(median(of(kind).map(({ perSecond }) => perSecond)))}/s`),
      ].join('; '),
    },
    {
      name: `all questions shuffled, p99 ÷ bare Express p99, ${population}`,
      values: ratios(({ p99 }) => p99),
      goal: { better: 'less', must: 2, aim: 1 },
      remark: `p50 ${figure(median(of('program').map(({ p50 }) => p50)))}, p99 ${figure(median(of('program').map(({ p99 }) => p99)))} ms`,
    },
    {
      name: `all questions for the first time, by a program that has just started, requests/s ÷ bare Express, ${population}`,
      values: of('express').map(({ perSecond }) => first.perSecond / perSecond),
      remark: `${figure(first.perSecond)}/s`,
    },
  ];
}

const NAMES = { sql: 'one SQL a request', bitmaps: 'bitmaps without features' } as const;

/** The same at L while bookings arrive at the desk that is asked, and their mails go out. */
export async function allShuffledWhileBooking(setting: Setting, where: Where = usually(setting)): Promise<Measure[]> {
  const asked = await questioned(setting, 'L', where);
  const met = { program: [] as Loaded[], bare: [] as Loaded[] };
  const arrived: Record<string, number> = {};
  const desk = setting.desk('L');
  for (const kind of ['express', 'program'] as const) await asked.ask(kind, { seconds: WARM_UP_SECONDS });
  for (let round = 1; round <= where.rounds; round++) {
    progress(`all questions while bookings arrive, round ${round} of ${where.rounds}`);
    met.bare.push(await alone(asked.pids, () => asked.ask('express', { seconds: SECONDS, shuffle: round })));
    const loaded = await asked.ask('program', {
      seconds: ARRIVING_SECONDS,
      shuffle: round,
      arriving: {
        url: `${asked.origin}${bookingPath(desk)}`,
        bodies: bookingBodies(desk, 10 * ARRIVING_SECONDS * ARRIVING_PER_SECOND, round),
        perSecond: ARRIVING_PER_SECOND,
      },
    });
    met.program.push(loaded);
    for (const [status, count] of Object.entries(loaded.arrived)) arrived[status] = (arrived[status] ?? 0) + count;
  }
  await asked.end();
  return [
    {
      name: `all questions shuffled at L while ${ARRIVING_PER_SECOND} bookings a second arrive at that desk, ÷ bare Express`,
      values: met.program.map(({ perSecond }, i) => perSecond / (met.bare[i]?.perSecond ?? Number.NaN)),
      goal: { better: 'more', must: 0.25, aim: 0.6 },
      remark: `${rates(met)}; bookings answered: ${counts(arrived)}`,
    },
  ];
}

interface Questioned {
  readonly kinds: readonly Kind[];
  /** How many questions there are. */
  readonly questions: number;
  /** Of the program. */
  readonly pids: readonly number[];
  readonly origin: string;
  ask(kind: Kind, load: Partial<Load>): Promise<Loaded>;
  end(): Promise<void>;
}

/** Starts the program on a database with these desks, and those that it is compared with. */
async function questioned(setting: Setting, population: Population, where: Where): Promise<Questioned> {
  const desks = setting.desks(population);
  const databaseUrl = await where.database(population);
  const programs = await Promise.all(where.cores.map((core) => setting.program(databaseUrl, core)));
  const origins = programs.map(({ origin }) => origin);
  const questions = allQuestions(desks);
  const paths = questions.map(({ desk, pair, range }) => searchPath(desk, pair, range));
  const load = peer<Load, Loaded>('load', LOAD);
  const others: Partial<Record<Kind, string>> = {};
  const peers: Pick<Peer<never, never>, 'end'>[] = [load];
  if (COMPARED.includes(population))
    for (const kind of ['sql', 'bitmaps'] as const) {
      const other = peer<readonly BareDesk[], string>(kind === 'sql' ? 'bareSql' : 'bareBitmaps', SERVER);
      peers.push(other);
      others[kind] = await other.ask(desks.map(bareDesk));
    }
  const express = peer<{ name: string; json: readonly string[] }, string>('bareExpress', SERVER);
  peers.push(express);
  const json: string[] = [];
  for (const path of shuffled(paths, SAMPLE).slice(0, SAMPLE)) json.push(await text(`${origins[0]}${path}`));
  others.express = await express.ask({ name: 'sample', json });

  const targets: Record<Kind, readonly string[]> = {
    program: origins,
    express: [others.express],
    sql: [others.sql ?? ''],
    bitmaps: [others.bitmaps ?? ''],
  };
  return {
    kinds: ['express', 'program', ...(COMPARED.includes(population) ? (['sql', 'bitmaps'] as const) : [])],
    questions: paths.length,
    pids: programs.map(({ pid }) => pid),
    origin: origins[0] ?? '',
    async ask(kind, special) {
      const asked = kind === 'express' ? ['/sample'] : paths;
      const loaded = checked(
        await load.ask({ connections: CONNECTIONS, shuffle: 0, paths: asked, origins: targets[kind], ...special }),
      );
      // What the load has asked last is still being answered, though nobody waits for it.
      for (const origin of targets[kind]) await text(`${origin}${asked[0]}`);
      return loaded;
    },
    async end() {
      for (const each of peers) await each.end();
      for (const program of programs) await program.term();
    },
  };
}

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}
