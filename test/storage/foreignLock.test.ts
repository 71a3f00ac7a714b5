import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestApp, testApp } from '../support/app';
import { aDesk, NOW } from '../support/builders';
import { newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { operate } from '../support/operator';
import { pause } from '../support/program';

const HELD_MS = 2_500;
/** So often everything is looked at while the lock is held; whoever waited for the lock each time would not get there. */
const LOOKS = 10;
const WISH = { topic: 'residence', language: 'en', mode: 'phone' };

let database: TestDatabase;
let t: TestApp;
let http: Server;
let origin: string;
let others: ChildProcess[];
beforeEach(async () => {
  others = [];
  database = await newDatabase('SQLite');
  t = await testApp({ databaseUrl: database.url });
  http = createServer(t.http).listen(0, '127.0.0.1');
  await once(http, 'listening');
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const other of others) other.kill('SIGKILL');
  http.close();
  await t.close();
  await database.drop();
});

/** Another program that keeps the write lock. @returns how to let it go */
async function lock(ms = 600_000): Promise<() => void> {
  const file = database.url.replace(/^file:/, '');
  const driver = join(
    __dirname,
    '../../node_modules',
    process.versions.node.startsWith('20.') ? 'better-sqlite3' : 'better-sqlite3-napi',
  );
  const script = `const db = new (require(${JSON.stringify(driver)}))(${JSON.stringify(file)});
    db.exec('begin immediate'); console.log('locked'); setTimeout(() => { db.exec('rollback'); db.close(); }, ${ms});`;
  const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  others.push(other);
  await once(other.stdout as NodeJS.ReadableStream, 'data');
  return () => void other.kill('SIGKILL');
}

async function book(start: string) {
  const client = { name: 'Kim Probe', email: 'kim@client.example', phone: '+49 30 23125 001' };
  const began = performance.now();
  const answer = await fetch(`${origin}/api/v1/desks/expat-desk/bookings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...WISH, start, client, consent: true }),
  });
  const retryAfter = answer.headers.get('retry-after');
  return { status: answer.status, retryAfter, body: await answer.json(), ms: performance.now() - began };
}

const asked = async (path: string) => {
  const answer = await fetch(`${origin}${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  await answer.text();
};

describe('While another program keeps the write lock of the file', () => {
  it('reading requests are answered at once, and a booking waits until the lock is released', async () => {
    const slots = `/api/v1/desks/expat-desk/slots?${new URLSearchParams(WISH)}`;
    const looks = ['/healthz', '/readyz', slots, '/en/expat-desk', '/api/v1/desks/expat-desk'];
    for (const path of [...looks, ...looks]) await asked(path);
    const release = await lock();
    let isAnswered = false;
    const booking = book('2026-12-01T09:00:00+01:00').finally(() => {
      isAnswered = true;
    });
    for (let i = 0; i < LOOKS; i++) for (const path of looks) await asked(path);
    expect(isAnswered).toBe(false);
    release();
    expect((await booking).status).toBe(201);
  });

  it('a booking that has waited too long gets 503 with Retry-After, and those queued behind it get it at the same time', async () => {
    const release = await lock();
    const bookings = ['09:00', '09:30', '10:00'].map((time, i) =>
      pause(i * 700).then(() => book(`2026-12-01T${time}:00+01:00`)),
    );
    for (const { status, retryAfter, body, ms } of await Promise.all(bookings)) {
      expect([status, retryAfter, (body as { type: string }).type]).toEqual([503, '5', '/problems/unavailable']);
      expect(ms).toBeGreaterThan(8_000);
      expect(ms).toBeLessThan(12_500);
    }
    release();
    await pause(100);
    expect((await book('2026-12-01T09:00:00+01:00')).status).toBe(201);
  });

  it('a starting program and a command wait for it, and running ones work meanwhile', async () => {
    await lock(HELD_MS);
    const began = performance.now();
    const turns: number[] = [];
    const timer = setInterval(() => turns.push(performance.now()), 20);
    const [opened, migrated] = await Promise.all([
      openUrl(database.url, { now: NOW }),
      operate(database.url, ['migrate']),
    ]);
    clearInterval(timer);
    expect(performance.now() - began).toBeGreaterThan(HELD_MS - 500);
    expect(migrated).toEqual({ code: 0, out: 'The database is up to date.', err: '' });
    await opened.storage.write(({ desks }) => desks.add(aDesk({ id: 'another' })));
    await opened.storage.close();
    const gaps = turns.slice(1).map((at, i) => at - (turns[i] ?? at));
    // Whoever waits for the lock without giving way stands still for as long as it is held.
    expect(Math.max(...gaps)).toBeLessThan(HELD_MS / 2);
  });

  it('a command gives up with an error of one line', async () => {
    await lock();
    const { code, out, err } = await operate(database.url, ['migrate']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^DATABASE_URL: cannot open \S+ \(database is locked\)$/);
  });
});
