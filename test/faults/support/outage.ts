import type { SmtpPeer } from '../../support/smtpPeer';
import { arrivals, outboxState } from './arrivals';
import { anyone, bookingOf, type Heard, type Known } from './client';
import { DESK } from './desk';
import { verdict } from './oracle';
import { rounds } from './program';
import { report } from './report';
import { quiet, type Scene } from './scene';
import { isTrue } from './tales';

interface Outage {
  readonly name: string;
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  /** Nobody listens until `end`. */
  readonly isDown?: boolean;
  /** Every mail hangs until the mailer's time limit ends it. */
  readonly hangs?: boolean;
  /** Whether copies may arrive, because the program cannot know whether the first one did. */
  readonly unknown: boolean;
  /** Where the mails arrive in the end. */
  readonly peer: SmtpPeer;
  /** The address of one client to whom nothing can be delivered, ever. */
  readonly refused?: string;
}

/** A client's booking, with all that the client did with it. */
interface Told {
  readonly booking: Known;
  moves: number;
  cancelled: boolean;
}

const SECOND = 1_000;
/**
 * The steps in which time passes, two hours and a little in all: beyond every time limit of the mailer, and beyond
 * every delay of the outbox up to an hour.
 */
const PASSING = [5, 15, 65, 125, 300, 900, 3_600, 2_400].map((seconds) => seconds * SECOND);
/** How many of the first starts are left out, so that no consultation begins while the outage lasts. */
const A_WEEK = 200;
/**
 * The longest median and the longest time of an answer. People are promised 500 ms, and the report shows what it was;
 * these limits leave room for a busy machine, but are shorter than the shortest time limit of mail.
 */
const MEDIAN_MS = 2_000;
const WORST_MS = 9_000;

/**
 * Lets clients book, move and cancel while no mail gets out for two hours; then ends the outage and checks every
 * mailbox.
 */
export async function outage(scene: Scene, it: Outage): Promise<void> {
  const { name, begin, end, isDown = false, hangs = false, unknown, peer, refused } = it;
  const { place, line } = scene;
  const before = await outboxState(scene.database, scene.now());
  await line.cut();
  await begin();
  if (!isDown) await line.mend();
  const heard: Heard[] = [];
  const clients = await changes(scene, heard, { count: rounds(3, 60), first: refused });
  for (const ms of PASSING) {
    // A jump of time would break off a mail that is being handed over, and no server would be to blame. So we wait for
    // those first, unless they hang anyway.
    if (!hangs) await quiet(scene);
    await scene.elapse(ms);
  }
  for (const each of clients.slice(0, 6)) if (!each.cancelled) await moved(scene, heard, each);
  const late = await changes(scene, heard, { count: rounds(2, 12) });
  if (!hangs) await quiet(scene);
  const during = await outboxState(scene.database, scene.now());
  // Whoever puts a server right restarts it, so its connections break.
  if (!isDown) await line.cut();
  // A mail that the server has not treated yet would otherwise be acknowledged to nobody.
  await peer.disconnect();
  await end();
  await line.mend();
  await drained(scene);

  const found = await arrivals(scene.database, peer, before.last);
  const all = [...clients, ...late];
  const kept = await verdict(
    place.url,
    all.map(({ booking }) => ({ id: booking.id, key: '', email: booking.email })),
  );
  const times = heard.map(({ ms }) => ms).sort((a, b) => a - b);
  const [median, worst] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
  const tasks = await openTasks(scene);
  report({
    fault: `${place.kind}: SMTP ${name}`,
    tries: heard.length,
    ...kept,
    mails: found.mails,
    remarks: `answered in ${Math.round(median)} ms (median), ${Math.round(worst)} ms (worst); ${during.attempts - before.attempts} attempts and ${during.waiting} mails waiting at its end; ${found.copies} copies, ${found.unlike} of them other bytes; ${found.disordered} out of order`,
  });

  expect(found).toMatchObject({ unlike: 0, astray: 0, disordered: 0, needless: 0, ...(unknown ? {} : { copies: 0 }) });
  expect(kept).toMatchObject({ lost: 0, doubled: 0, untold: 0 });
  const wrong = all.filter((each) => {
    const tale = found.tales.get(each.booking.email) ?? [];
    return each.booking.email === refused ? tale.length > 0 : !isTrue(tale, each);
  });
  expect(wrong.map(({ booking, ...did }) => ({ ...did, tale: found.tales.get(booking.email) }))).toEqual([]);
  const failed = all.filter(({ booking }) => tasks.has(booking.id)).map(({ booking }) => booking.email);
  expect(failed).toEqual(refused ? [refused] : []);
  expect(median).toBeLessThan(MEDIAN_MS);
  expect(worst).toBeLessThan(WORST_MS);
}

/**
 * Makes `count` bookings, the first of them with the address `first` if there is one. Of each three, one stays, one is
 * moved, and one is moved and cancelled.
 */
async function changes(
  scene: Scene,
  heard: Heard[],
  { count, first }: { count: number; first?: string | undefined },
): Promise<Told[]> {
  const free = (await scene.client.slots()).slice(A_WEEK);
  const told: Told[] = [];
  for (let i = 0; i < count; i++) {
    const start = free[2 * i] as string;
    const answer = await scene.client.book({ start, email: i === 0 && first ? first : anyone() });
    heard.push(answer);
    expect(answer.status).toBe(201);
    const each: Told = { booking: bookingOf(answer), moves: 0, cancelled: false };
    told.push(each);
    if (i % 3 > 0) await moved(scene, heard, each);
    if (i % 3 > 1) await cancelled(scene, heard, each);
  }
  return told;
}

/** Moves a booking to one of the last free starts, each time to another. */
async function moved({ client }: Scene, heard: Heard[], told: Told): Promise<void> {
  const start = (await client.slots()).at(-1 - heard.length) as string;
  const answer = await client.move(told.booking.token, start);
  heard.push(answer);
  expect(answer.status).toBe(200);
  told.moves++;
}

async function cancelled({ client }: Scene, heard: Heard[], told: Told): Promise<void> {
  const answer = await client.cancel(told.booking.token);
  heard.push(answer);
  expect(answer.status).toBe(200);
  told.cancelled = true;
}

/** Lets time pass until no message waits. */
async function drained(scene: Scene): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await quiet(scene)).waiting === 0) return;
    await scene.elapse(10 * 60 * SECOND);
  }
  throw new Error('messages still wait');
}

async function openTasks({ database }: Scene): Promise<Set<string>> {
  const tasks = await database.storage.tasks.open(DESK);
  return new Set(tasks.filter(({ kind }) => kind === 'mail_failed').map(({ bookingId }) => bookingId));
}
