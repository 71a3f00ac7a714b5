import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenDatabase } from '../../src/storage/engine';
import { openUrl } from '../support/databases';
import type { Place } from './support/databases';
import { DESK, seedFaultDesk } from './support/desk';
import { manyBookings } from './support/manyBookings';
import { pause, rounds, startCommand } from './support/program';
import { report } from './support/report';
import { suite } from './support/suite';

const here = suite();

const LINES = rounds(3_000, 20_000);
const BOOKINGS = rounds(4_000, 50_000);
const [BEFORE, AFTER] = ['+49 211 1111', '+49 211 2222'];

describe('An import that is killed', () => {
  it('is repeated until it comes to its end, and then each line is booked once', async () => {
    const file = join(here.dir, 'bookings.csv');
    writeFileSync(file, csv(LINES));
    for (const place of await here.places('imported')) {
      await seedFaultDesk(place.url);
      await looking(place.url, ({ db }) => importedInPieces(place, file, db));
    }
  }, 3_600_000);
});

async function importedInPieces({ kind, url }: Place, file: string, db: OpenDatabase['db']): Promise<void> {
  const kills = rounds(2, 30);
  const seen = { halfway: 0 };
  for (let i = 0; i < kills; i++) {
    const running = command(url, ['import', file, '--desk', DESK]);
    const least = Math.floor((LINES * (i + Math.random())) / (kills + 1));
    await until(async () => running.child.exitCode !== null || (await imported(db)).bookings > least);
    running.child.kill('SIGKILL');
    await running.exit;
    const { bookings } = await imported(db);
    if (bookings > 0 && bookings < LINES) seen.halfway++;
  }
  const before = await imported(db);
  const last = command(url, ['import', file, '--desk', DESK]);
  expect([await last.exit, last.output()]).toEqual([
    0,
    expect.stringContaining(`${LINES - before.bookings} imported, ${before.bookings} already there, 0 do not fit`),
  ]);
  const after = await imported(db);
  report({
    fault: `${kind}: kill -9 during an import of ${LINES} lines`,
    tries: kills,
    found: after.clients,
    lost: LINES - after.clients,
    doubled: after.bookings - after.clients,
    remarks: `${seen.halfway} kills left a part of the lines; the last run found ${before.bookings} of them and imported the others`,
  });
  expect(after).toEqual({ bookings: LINES, clients: LINES, begun: LINES });
}

describe('A backup that is killed', () => {
  it('leaves the older one or the new one whole, and nothing that is in the way of the next', async () => {
    for (const place of await here.places('backed')) await backedUp(place);
  }, 3_600_000);
});

async function backedUp({ kind, url }: Place): Promise<void> {
  const folder = join(here.dir, kind);
  mkdirSync(folder);
  const [file, older] = [join(folder, 'desk.backup'), join(here.dir, `${kind}.older`)];
  await seedFaultDesk(url);
  await looking(url, ({ db, engine }) => manyBookings(db, engine, BOOKINGS));
  await phone(url, BEFORE);
  const first = command(url, ['backup', file]);
  if ((await first.exit) !== 0 && /pg_dump/.test(first.output()))
    return void process.stdout.write('left out: no pg_dump here\n');
  expect(first.output()).toContain(`${BOOKINGS} bookings`);
  copyFileSync(file, older);
  await phone(url, AFTER);
  const { ms } = await killed(url, file, Number.POSITIVE_INFINITY);

  const kills = rounds(2, 40);
  const seen = { older: 0, newer: 0, leftovers: 0 };
  for (let i = 0; i < kills; i++) {
    copyFileSync(older, file);
    await killed(url, file, (ms * 1.1 * (i + Math.random())) / kills);
    const isOlder = readFileSync(file).equals(readFileSync(older));
    seen[isOlder ? 'older' : 'newer']++;
    if (!isOlder) expect(await restored(kind, file, `restored_${i}`)).toEqual({ phone: AFTER, bookings: BOOKINGS });
    if (readdirSync(folder).length > 1) seen.leftovers++;
  }
  copyFileSync(older, file);
  expect(await restored(kind, file, 'restored_older')).toEqual({ phone: BEFORE, bookings: BOOKINGS });
  expect(await command(url, ['backup', file]).exit).toBe(0);
  expect(await restored(kind, file, 'restored_last')).toEqual({ phone: AFTER, bookings: BOOKINGS });
  expect(readdirSync(folder)).toEqual(['desk.backup']);
  report({
    fault: `${kind}: kill -9 during a backup of ${BOOKINGS} bookings`,
    tries: kills,
    found: BOOKINGS,
    remarks:
      `a backup takes ${Math.round(ms)} ms; ${seen.older} kills left the older file byte for byte, ${seen.newer} the new one whole; ` +
      `${seen.leftovers} left a half-written file beside it, and the next backup took them away`,
  });
}

/** Kills a backup `after` ms after it has begun to write. @returns how long it wrote */
async function killed(url: string, file: string, after: number): Promise<{ ms: number }> {
  const running = command(url, ['backup', file]);
  const mine = `${file.replace(/[^/]*$/, '.$&')}.new-${running.child.pid}`;
  await until(async () => existsSync(mine) || running.child.exitCode !== null);
  const began = performance.now();
  await Promise.race([running.exit, ...(Number.isFinite(after) ? [pause(after)] : [])]);
  running.child.kill('SIGKILL');
  await running.exit;
  return { ms: performance.now() - began };
}

/** Restores a backup with the program's own command, into a new database. @returns what that holds */
async function restored(kind: Place['kind'], file: string, name: string) {
  const all = await here.places(`${kind.toLowerCase()}_${name}`);
  const { url } = all.find((place) => place.kind === kind) as Place;
  const restoring = command(url, ['restore', file]);
  expect([await restoring.exit, restoring.output()]).toEqual([0, expect.anything()]);
  return looking(url, async ({ db }) => {
    const desk = await db.selectFrom('desk').select('phone').executeTakeFirstOrThrow();
    return { phone: desk.phone, bookings: (await imported(db)).bookings };
  });
}

async function looking<T>(url: string, look: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const database = await openUrl(url, { now: Date.now() });
  return look(database).finally(() => database.storage.close());
}

function phone(url: string, number: string): Promise<unknown> {
  return looking(url, ({ db }) => db.updateTable('desk').set({ phone: number }).execute());
}

/** Returns how many bookings there are, of how many clients, and how many events all histories have. */
async function imported(db: OpenDatabase['db']): Promise<{ bookings: number; clients: number; begun: number }> {
  const { bookings, clients } = await db
    .selectFrom('booking')
    .select((eb) => [
      eb.fn.countAll<number>().as('bookings'),
      eb.fn.count<number>('client_email').distinct().as('clients'),
    ])
    .executeTakeFirstOrThrow();
  const { begun } = await db
    .selectFrom('booking_event')
    .select((eb) => eb.fn.countAll<number>().as('begun'))
    .executeTakeFirstOrThrow();
  return { bookings: Number(bookings), clients: Number(clients), begun: Number(begun) };
}

function command(url: string, args: readonly string[]) {
  const { PATH = '' } = process.env;
  const path = here.server ? `${PATH}:${here.server.bin}` : PATH;
  return startCommand(args, { DATABASE_URL: url, PATH: path });
}

async function until(come: () => Promise<boolean>): Promise<void> {
  while (!(await come())) await pause(2);
}

/** Returns lines of CSV that book half hours of the fault desk's advisors, one after the other. */
function csv(lines: number): string {
  const ADVISORS = 20;
  const HALF_HOURS = 32;
  const rows = Array.from({ length: lines }, (_, i) => {
    const [advisor, slot] = [i % ADVISORS, Math.floor(i / ADVISORS)];
    const minutes = 6 * 60 + (slot % HALF_HOURS) * 30;
    const start = new Date(Date.UTC(2027, 0, 4 + Math.floor(slot / HALF_HOURS), 0, minutes)).toISOString().slice(0, 16);
    return `a${advisor + 1},residence,en,phone,${start},Fault Probe,c${i}@client.example,`;
  });
  return ['advisor,topic,language,mode,start,name,email,phone', ...rows].join('\n');
}
