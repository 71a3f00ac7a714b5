import { alone, LOAD, SERVER } from './cores';
import type { Load, Loaded } from './load';
import { figure, type Measure, median } from './measure';
import { type Peer, peer } from './peer';
import {
  bookingBodies,
  bookingPath,
  progress,
  type Ready,
  type Setting,
  searchPath,
  usually,
  type Where,
} from './setting';
import { SIZES, type Size } from './standardDesk';

const CONNECTIONS = 10;
const SECONDS = 1.5;
const WARM_UP_SECONDS = 1.5;
/** For the p50 of a client who is alone. */
const SINGLE_SECONDS = 0.8;
const ARRIVING_SECONDS = 3;
const ARRIVING_PER_SECOND = 20;

const GOAL = { must: 1.2, aim: 3 };
const ALL = Object.keys(SIZES) as Size[];

/** Requests per second and p99 against bare Express with the same bytes, and how a search's p50 grows with the desk. */
export async function searches(setting: Setting, where: Where = usually(setting)): Promise<Measure[]> {
  const bare = await bareExpress();
  const programs = new Map<Size, Searched>();
  for (const size of ALL) programs.set(size, await searched(setting, size, { bare, where }));
  const met = new Map(
    ALL.map((size) => [size, { program: [] as Loaded[], bare: [] as Loaded[], single: [] as number[] }]),
  );

  for (let round = 1; round <= where.rounds; round++) {
    progress(`searches, round ${round} of ${where.rounds}`);
    for (const [size, of] of programs) {
      const { program, bare: express, single } = met.get(size) as NonNullable<ReturnType<typeof met.get>>;
      express.push(await of.askBare({ seconds: SECONDS }));
      program.push(await of.ask({ seconds: SECONDS }));
      if (size !== 'M') single.push((await of.ask({ seconds: SINGLE_SECONDS, connections: 1 })).p50);
    }
  }
  for (const of of programs.values()) await of.end();
  await bare.end();

  const each = (of: (size: Size) => Measure) => ALL.map(of);
  const ratios = (size: Size, value: (loaded: Loaded) => number) => {
    const { program, bare: express } = met.get(size) as NonNullable<ReturnType<typeof met.get>>;
    return program.map((loaded, i) => value(loaded) / value(express[i] as Loaded));
  };
  const single = (size: Size) => met.get(size)?.single ?? [];
  return [
    ...each((size) => ({
      name: `one question (answer in memory), requests/s ÷ bare Express, ${size}`,
      values: ratios(size, ({ perSecond }) => perSecond),
      goal: { better: 'more', ...GOAL },
      remark: `${rates(met.get(size))}, ${programs.get(size)?.bytes} bytes`,
    })),
    ...each((size) => ({
      name: `one question, p99 ÷ bare Express p99, ${CONNECTIONS} connections, ${size}`,
      values: ratios(size, ({ p99 }) => p99),
      goal: { better: 'less', must: 2, aim: 1 },
      remark: `${figure(median(met.get(size)?.program.map(({ p99 }) => p99) ?? []))} ms`,
    })),
    {
      name: "one question: growth exponent of a search's p50 from S to L",
      values: single('L').map((p50, i) => Math.log(p50 / (single('S')[i] ?? Number.NaN)) / Math.log(GROWTH)),
      goal: { better: 'less', must: 0.15, aim: 0.05 },
      remark: `p50 ${figure(median(single('S')))} and ${figure(median(single('L')))} ms, one client`,
    },
  ];
}

const GROWTH = SIZES.L.advisors / SIZES.S.advisors;

/** The same at L while bookings arrive, and their mails go out. */
export async function searchesWhileBooking(setting: Setting, where: Where = usually(setting)): Promise<Measure[]> {
  const bare = await bareExpress();
  const of = await searched(setting, 'L', { bare, where });
  const met = { program: [] as Loaded[], bare: [] as Loaded[] };
  const arrived: Record<string, number> = {};
  for (let round = 1; round <= where.rounds; round++) {
    progress(`searches while bookings arrive, round ${round} of ${where.rounds}`);
    met.bare.push(await alone(of.pids, () => of.askBare({ seconds: SECONDS })));
    const loaded = await of.ask({
      seconds: ARRIVING_SECONDS,
      arriving: {
        url: `${of.origin}${bookingPath(of.desk)}`,
        bodies: bookingBodies(of.desk, 10 * ARRIVING_SECONDS * ARRIVING_PER_SECOND, round),
        perSecond: ARRIVING_PER_SECOND,
      },
    });
    met.program.push(loaded);
    for (const [status, count] of Object.entries(loaded.arrived)) arrived[status] = (arrived[status] ?? 0) + count;
  }
  await of.end();
  await bare.end();
  return [
    {
      name: `one question at L while ${ARRIVING_PER_SECOND} bookings a second arrive, ÷ bare Express`,
      values: met.program.map(({ perSecond }, i) => perSecond / (met.bare[i]?.perSecond ?? Number.NaN)),
      goal: { better: 'more', must: 0.5, aim: 0.8 },
      remark: `${rates(met)}; bookings answered: ${counts(arrived)}`,
    },
  ];
}

/** Programs with a desk, and bare Express with the same bytes. */
interface Searched {
  readonly desk: ReturnType<Setting['desk']>;
  /** Of the first of them. */
  readonly origin: string;
  readonly pids: readonly number[];
  /** Of an answer. */
  readonly bytes: number;
  ask(load: Partial<Load>): Promise<Loaded>;
  askBare(load: Partial<Load>): Promise<Loaded>;
  end(): Promise<void>;
}

/** Bare Express, in a process of its own. */
type BareExpress = Peer<{ name: string; json: readonly string[] }, string>;

async function bareExpress(): Promise<BareExpress> {
  return peer('bareExpress', SERVER);
}

/** Starts programs on a database with the desk, and warms them up. */
async function searched(
  setting: Setting,
  size: Size,
  { bare, where }: { bare: BareExpress; where: Where },
): Promise<Searched> {
  const databaseUrl = await where.database(size);
  const desk = setting.desk(size);
  const programs: Ready[] = [];
  for (const core of where.cores) programs.push(await setting.program(databaseUrl, core));
  const origins = programs.map(({ origin }) => origin);
  const path = searchPath(desk);
  const json = await (await fetch(`${origins[0]}${path}`)).text();
  const express = await bare.ask({ name: size, json: [json] });
  const load = peer<Load, Loaded>('load', LOAD);
  const usual = { connections: CONNECTIONS, paths: [path], origins };
  const ask = async (special: Partial<Load>) => {
    const loaded = checked(await load.ask({ ...usual, ...special }));
    // What the load has asked last is still being answered, though nobody waits for it: that would cost whoever is measured next.
    for (const origin of origins) await (await fetch(`${origin}${path}`)).text();
    return loaded;
  };
  const askBare = async (special: Partial<Load>) =>
    checked(await load.ask({ ...usual, ...special, origins: [express], paths: [`/${size}`] }));
  await askBare({ seconds: WARM_UP_SECONDS });
  await ask({ seconds: WARM_UP_SECONDS });
  return {
    desk,
    origin: origins[0] ?? '',
    pids: programs.map(({ pid }) => pid),
    bytes: Buffer.byteLength(json),
    ask,
    askBare,
    async end() {
      await load.end();
      for (const program of programs) await program.term();
    },
  };
}

/** A figure of errors would be a fast one. */
export function checked(loaded: Loaded, expected = '200'): Loaded {
  const refused = Object.keys(loaded.answers).filter((status) => status !== expected);
  if (refused.length > 0) throw new Error(`not only ${expected}: ${counts(loaded.answers)}`);
  if (loaded.busy > MOSTLY) progress(`the load itself took ${figure(loaded.busy * 100)} % of its core`);
  return loaded;
}

const MOSTLY = 0.9;

export function rates(met: { program: readonly Loaded[]; bare: readonly Loaded[] } | undefined): string {
  const rate = (loaded: readonly Loaded[]) => figure(median(loaded.map(({ perSecond }) => perSecond)));
  return `${rate(met?.program ?? [])}/s of ${rate(met?.bare ?? [])}/s`;
}

/** `201: 60, 409: 2` */
export function counts(answers: Readonly<Record<string, number>>): string {
  return Object.entries(answers)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}
