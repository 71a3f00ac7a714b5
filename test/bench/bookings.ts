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

const BOOKINGS = `bookings/s over HTTP at L, ${CONNECTIONS} connections ÷ bare durable booking`;

/** Durable bookings over HTTP against those of a bare loop on the same disk: as it is, and while the operator holds the mails back. */
export async function bookings(setting: Setting): Promise<Measure[]> {
  const databases = { all: await setting.database('L'), held: await setting.database('L') };
  await holdMails(databases.held);
  return bookingsOf(setting, {
    groups: [
      {
        name: BOOKINGS,
        goal: { better: 'more', must: 0.2, aim: 0.5 },
        programs: [await setting.program(databases.all)],
      },
      { name: 'the same while mails are held back', programs: [await setting.program(databases.held)] },
    ],
    bare: `file:${setting.file('bare')}`,
    rounds: setting.rounds,
  });
}

/** The same of programs that share a PostgreSQL. @param bare its URL, of a database that is empty */
export async function bookingsOnPostgres(
  setting: Setting,
  { programs, ...common }: { programs: Ready[]; bare: string; rounds: number },
): Promise<Measure[]> {
  return bookingsOf(setting, { groups: [{ name: BOOKINGS, programs }], ...common });
}

/** Programs that share a database. */
interface Group extends Pick<Measure, 'name' | 'goal'> {
  readonly programs: readonly Ready[];
}

/**
 * One measure for each group, while the others do nothing; the programs end.
 *
 * @param bare URL of an empty database
 */
async function bookingsOf(
  setting: Setting,
  { groups, bare, rounds }: { groups: readonly Group[]; bare: string; rounds: number },
): Promise<Measure[]> {
  const desk = setting.desk('L');
  const load = peer<Load, Loaded>('load', LOAD);
  const loop = peer<BareBookings, number>('bareBookings', SERVER);
  const met = groups.map((group) => ({ group, perSecond: [] as number[] }));
  const metBare: number[] = [];
  const answered: Record<string, number> = {};
  const but = (group?: Group) =>
    groups.filter((other) => other !== group).flatMap(({ programs }) => programs.map(({ pid }) => pid));

  const book = async ({ programs }: Group, round: number) => {
    const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS;
    const loaded = await load.ask({
      origins: programs.map(({ origin }) => origin),
      paths: [bookingPath(desk)],
      bodies: bookingBodies(desk, seconds * MOST_PER_SECOND, round),
      connections: CONNECTIONS,
      seconds,
    });
    for (const [status, count] of Object.entries(loaded.answers)) answered[status] = (answered[status] ?? 0) + count;
    return loaded.perSecond;
  };
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round++) {
    progress(`bookings, round ${round} of ${rounds}`);
    const asked = { database: bare, taken: SIZES.L.bookings, seconds: BARE_SECONDS };
    const bareBooked = await alone(but(), () => loop.ask(asked));
    if (round > 0) metBare.push(bareBooked);
    for (const { group, perSecond } of met) {
      const booked = await alone(but(group), () => book(group, round));
      if (round > 0) perSecond.push(booked);
    }
  }
  await load.end();
  await loop.end();
  for (const { programs } of groups) for (const program of programs) await program.term();

  return met.map(({ group: { programs: _, ...named }, perSecond }) => ({
    ...named,
    values: perSecond.map((booked, i) => booked / (metBare[i] ?? Number.NaN)),
    remark: `${figure(median(perSecond))}/s of ${figure(median(metBare))}/s; all answers: ${counts(answered)}`,
  }));
}

async function holdMails(databaseUrl: string): Promise<void> {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  await storage.write(({ outbox }) => outbox.pause('bench', Date.now()));
  await storage.close();
}
