import { openUrl } from '../support/databases';
import type { BareBookings } from './bareBookings';
import { alone, LOAD, SERVER } from './cores';
import type { Load, Loaded } from './load';
import { figure, type Measure, median } from './measure';
import { peer } from './peer';
import { counts } from './searches';
import { bookingBodies, bookingPath, progress, type Setting } from './setting';
import { SIZES } from './standardDesk';

const CONNECTIONS = 8;
const SECONDS = 2;
const BARE_SECONDS = 1;
/** A program that has run for a while: after fewer bookings V8 still interprets much of what it does. */
const WARM_UP_SECONDS = 8;
/** More than any program can book. */
const MOST_PER_SECOND = 2_000;

/** Durable bookings over HTTP against those of a bare loop on the same disk: as it is, and while the operator holds the mails back. */
export async function bookings(setting: Setting): Promise<Measure[]> {
  const desk = setting.desk('L');
  const databases = { all: await setting.database('L'), held: await setting.database('L') };
  await holdMails(databases.held);
  const programs = { all: await setting.program(databases.all), held: await setting.program(databases.held) };
  const load = peer<Load, Loaded>('load', LOAD);
  const bare = peer<BareBookings, number>('bareBookings', SERVER);
  const file = setting.file('bare');
  const met = { bare: [] as number[], all: [] as number[], held: [] as number[] };
  const answered: Record<string, number> = {};

  const book = async (kind: 'all' | 'held', round: number) => {
    const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS;
    const bodies = bookingBodies(desk, seconds * MOST_PER_SECOND, round);
    const { origin } = programs[kind];
    const loaded = await load.ask({
      origins: [origin],
      paths: [bookingPath(desk)],
      bodies,
      connections: CONNECTIONS,
      seconds,
    });
    for (const [status, count] of Object.entries(loaded.answers)) answered[status] = (answered[status] ?? 0) + count;
    return loaded.perSecond;
  };
  // Round 0 warms up.
  for (let round = 0; round <= setting.rounds; round++) {
    progress(`bookings, round ${round} of ${setting.rounds}`);
    const [all, held] = [programs.all.pid, programs.held.pid];
    const loop = { file, taken: SIZES.L.bookings, seconds: BARE_SECONDS };
    const perSecond = {
      bare: await alone([all, held], () => bare.ask(loop)),
      all: await alone([held], () => book('all', round)),
      held: await alone([all], () => book('held', round)),
    };
    if (round === 0) continue;
    for (const kind of ['bare', 'all', 'held'] as const) met[kind].push(perSecond[kind]);
  }
  await load.end();
  await bare.end();
  await programs.all.term();
  await programs.held.term();

  const measure = (kind: 'all' | 'held') => ({
    values: met[kind].map((perSecond, i) => perSecond / (met.bare[i] ?? Number.NaN)),
    remark: `${figure(median(met[kind]))}/s of ${figure(median(met.bare))}/s`,
  });
  const all = measure('all');
  return [
    {
      ...all,
      name: `bookings/s over HTTP at L, ${CONNECTIONS} connections ÷ bare durable booking`,
      goal: { better: 'more', must: 0.2, aim: 0.5 },
      remark: `${all.remark}, mails go out meanwhile; answers: ${counts(answered)}`,
    },
    { ...measure('held'), name: 'the same while mails are held back' },
  ];
}

async function holdMails(databaseUrl: string): Promise<void> {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  await storage.write(({ outbox }) => outbox.pause('bench', Date.now()));
  await storage.close();
}
