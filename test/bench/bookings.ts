import { openUrl } from '../support/databases';
import type { BareBookings } from './bareBookings';
import { alone, LOAD, SERVER } from './cores';
import type { Load, Loaded } from './load';
import { figure, type Measure, median } from './measure';
import { peer } from './peer';
import { counts } from './searches';
import { bookingBodies, bookingPath, progress, type Ready, type Setting } from './setting';
import { SIZES } from './standardDesk';

const CONNECTIONS = 8;
const SECONDS = 2;
const BARE_SECONDS = 1;
/** A program that has run for a while: after fewer bookings V8 still interprets much of what it does. */
const WARM_UP_SECONDS = 8;
/** More than any program can book. */
const MOST_PER_SECOND = 2_000;

/** How many bookings of the bare loop share a commit where they do. */
const TOGETHER = 10;

/**
 * Durable bookings over HTTP, while the operator holds the mails back and as they are, against those of bare Express
 * on a database of its own, and of loops without HTTP.
 */
export async function bookings(setting: Setting): Promise<Measure[]> {
  const databases = { held: await setting.database('L'), all: await setting.database('L') };
  await holdMails(databases.held);
  return bookingsOf(setting, {
    held: [await setting.program(databases.held)],
    all: [await setting.program(databases.all)],
    goal: { better: 'more', must: 0.35, aim: 0.7 },
    bare: { http: `file:${setting.file('bare')}`, loop: `file:${setting.file('bare')}` },
    rounds: setting.rounds,
  });
}

/** What is measured, in turn: two programs or groups of programs, and what they are compared with. */
interface Compared {
  /** Programs that share a database, whose mails are held back. */
  readonly held: readonly Ready[];
  /** Programs whose mails go out; none: not measured. */
  readonly all: readonly Ready[];
  readonly goal?: Measure['goal'];
  /** URLs of empty databases: of bare Express, and of the loops. */
  readonly bare: { readonly http: string; readonly loop: string };
  readonly rounds: number;
}

/** One round measures each of them while the others do nothing; the programs end. */
export async function bookingsOf(setting: Setting, { held, all, goal, bare, rounds }: Compared): Promise<Measure[]> {
  const desk = setting.desk('L');
  const load = peer<Load, Loaded>('load', LOAD);
  const loop = peer<BareBookings, number>('bareBookings', SERVER);
  const http = peer<{ database: string; taken: number }, string>('bareBookingServer', SERVER);
  const httpOrigin = await http.ask({ database: bare.http, taken: SIZES.L.bookings });
  const answered: Record<string, number> = {};
  const programs = [...held, ...all];

  const post = async (origins: readonly string[], path: string, round: number) => {
    const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS;
    const loaded = await load.ask({
      origins,
      paths: [path],
      bodies: bookingBodies(desk, seconds * MOST_PER_SECOND, round),
      connections: CONNECTIONS,
      seconds,
    });
    return loaded;
  };
  const book = async (group: readonly Ready[], round: number) => {
    const others = programs.filter((program) => !group.includes(program)).map(({ pid }) => pid);
    const origins = group.map(({ origin }) => origin);
    const loaded = await alone(others, () => post(origins, bookingPath(desk), round));
    for (const [status, count] of Object.entries(loaded.answers)) answered[status] = (answered[status] ?? 0) + count;
    return loaded.perSecond;
  };
  const quiet = <T>(work: () => Promise<T>) =>
    alone(
      programs.map(({ pid }) => pid),
      work,
    );
  const loops = (together: number) =>
    quiet(() => loop.ask({ database: bare.loop, taken: SIZES.L.bookings, seconds: BARE_SECONDS, together }));

  const met = {
    held: [] as number[],
    all: [] as number[],
    http: [] as number[],
    one: [] as number[],
    ten: [] as number[],
  };
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round++) {
    progress(`bookings, round ${round} of ${rounds}`);
    const of = {
      http: await quiet(async () => (await post([httpOrigin], '/bookings', round)).perSecond),
      held: await book(held, round),
      all: all.length > 0 ? await book(all, round) : Number.NaN,
      one: await loops(1),
      ten: await loops(TOGETHER),
    };
    if (round > 0) for (const [what, perSecond] of Object.entries(of)) met[what as keyof typeof met].push(perSecond);
  }
  for (const each of [load, loop, http]) await each.end();
  for (const program of programs) await program.term();

  const ratio = (a: keyof typeof met, b: keyof typeof met) =>
    met[a].map((value, i) => value / (met[b][i] ?? Number.NaN));
  const told = (a: keyof typeof met, b: keyof typeof met) =>
    `${figure(median(met[a]))}/s of ${figure(median(met[b]))}/s`;
  const name = `bookings/s over HTTP at L, ${CONNECTIONS} connections, mails held back`;
  return [
    {
      name: `${name} ÷ bare Express that books`,
      values: ratio('held', 'http'),
      ...(goal && { goal }),
      remark: `${told('held', 'http')}; all answers: ${counts(answered)}`,
    },
    { name: `${name} ÷ a loop without HTTP, one a commit`, values: ratio('held', 'one'), remark: told('held', 'one') },
    { name: `${name} ÷ a loop without HTTP, ten a commit`, values: ratio('held', 'ten'), remark: told('held', 'ten') },
    ...(all.length > 0
      ? [
          {
            name: `the same with mails going out ÷ bare Express that books`,
            values: ratio('all', 'http'),
            remark: told('all', 'http'),
          },
        ]
      : []),
  ];
}

/** As an operator does who holds all mails back. */
export async function holdMails(databaseUrl: string): Promise<void> {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  await storage.write(({ outbox }) => outbox.pause('bench', Date.now()));
  await storage.close();
}
