import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Storage } from '../../src/app/ports/storage';
import { add, another } from '../contracts/bookingStore';
import { aDesk, NOW, span } from '../support/builders';
import { everythingIn, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { emptyPlace, kindsWithBackup, operate } from '../support/operator';

const ROOT = resolve(__dirname, '../..');
const DEAD = 2 ** 22 + 1;

/** `booker.ts` as a process of its own, which goes on until it is ended. */
const booker = (url: string, seed: number) =>
  spawn(process.execPath, ['--import', 'tsx', 'test/storage/booker.ts', url, String(seed), 'Infinity'], {
    cwd: ROOT,
    stdio: 'ignore',
  });

describe.each(kindsWithBackup())('A backup of %s', (kind) => {
  let dir: string;
  let file: string;
  let database: TestDatabase;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'backup-'));
    file = join(dir, 'desk.backup');
    database = await newDatabase(kind);
  });
  afterEach(async () => {
    await database.drop();
    rmSync(dir, { recursive: true });
  });

  const inDatabase = async <T>(url: string, look: (storage: Storage) => Promise<T>): Promise<T> => {
    const { storage } = await openUrl(url, { now: NOW });
    return look(storage).finally(() => storage.close());
  };
  const withBookings = () =>
    inDatabase(database.url, async (storage) => {
      await storage.write(({ desks }) => desks.add(aDesk()));
      await add(
        storage,
        another(),
        another({ time: span('2026-12-01T10:00:00+01:00', 30) }),
        another({ status: 'cancelled' }),
      );
    });
  const backup = (to = file, env = {}) => operate(database.url, ['backup', to], env);

  it('contains one consistent snapshot while others write', async () => {
    await inDatabase(database.url, (storage) => storage.write(({ desks }) => desks.add(aDesk())));
    const writers = [1, 2, 3].map((seed) => booker(database.url, seed));
    const ended = Promise.all(writers.map((writer) => once(writer, 'exit')));
    const written = () => inDatabase(database.url, async (storage) => changesOf(await bookingsWithHistory(storage)));
    const backups: string[] = [];
    for (let before = 0; backups.length < 4; before = await written()) {
      while ((await written()) <= before) await pause(50);
      const to = `${file}-${backups.length}`;
      expect(await backup(to)).toMatchObject({ code: 0, err: '' });
      backups.push(to);
    }
    for (const writer of writers) {
      expect(writer.exitCode).toBeNull();
      writer.kill('SIGKILL');
    }
    await ended;
    const inTheEnd = await inDatabase(database.url, bookingsWithHistory);
    const changes: number[] = [];
    for (const each of backups) {
      const place = await emptyPlace(kind);
      expect(await operate(place.url, ['restore', each])).toMatchObject({ code: 0, err: '' });
      const restored = await inDatabase(place.url, bookingsWithHistory);
      // Each change raised the version by one in the transaction that wrote its line of history.
      for (const { booking, history } of restored) expect(history.length).toBe(booking.version - 100);
      const known = new Set(inTheEnd.map(({ booking }) => booking.id));
      expect(restored.filter(({ booking }) => !known.has(booking.id))).toEqual([]);
      changes.push(changesOf(restored));
      await place.drop();
    }
    expect(changes).toEqual([...new Set(changes)].sort((a, b) => a - b));
  });

  it('reports what it contains, can be read by its owner only, and replaces an older one', async () => {
    await withBookings();
    writeFileSync(file, '');
    for (const _ of [1, 2]) {
      const { code, out } = await backup();
      expect({ code, out }).toEqual({ code: 0, out: `${file}: ${statSync(file).size} bytes, 3 bookings.` });
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['desk.backup']);
  });

  it('changes nothing in the database', async () => {
    await withBookings();
    const opened = await openUrl(database.url, { now: NOW });
    const before = await everythingIn(opened);
    await backup();
    expect(await everythingIn(opened)).toEqual(before);
    await opened.storage.close();
  });

  it('deletes what a killed backup left, but not what another is writing', async () => {
    await withBookings();
    const [left, journal, others] = [
      `.desk.backup.new-${DEAD}`,
      `.desk.backup.new-${DEAD}-wal`,
      `.desk.backup.new-${process.ppid}`,
    ];
    for (const name of [left, journal, others]) writeFileSync(join(dir, name), 'half');
    await backup();
    expect(readdirSync(dir).sort()).toEqual([others, 'desk.backup']);
  });

  it('never replaces anything but a backup', async () => {
    await withBookings();
    const letter = join(dir, 'letter.txt');
    writeFileSync(letter, 'Dear reader, this is no backup.');
    mkdirSync(join(dir, 'folder'));
    for (const [to, why] of [
      [letter, `${letter} is there already and is not a backup. Name another file.`],
      [join(dir, 'folder'), `${dir}/folder is not a file. Name another one for the backup.`],
      [join(dir, 'none', 'x'), `${dir}/none cannot be written to (ENOENT).`],
    ] as const)
      expect(await backup(to)).toEqual({ code: 1, out: '', err: why });
    expect(readFileSync(letter, 'utf8')).toMatch(/^Dear/);
    expect(readdirSync(dir).sort()).toEqual(['folder', 'letter.txt']);
  });

  it('of a missing database is refused, and the older one stays', async () => {
    writeFileSync(file, kind === 'SQLite' ? 'SQLite format 3\0' : 'PGDMP');
    const elsewhere = database.url.replace(/(test\.db|\w+)$/, 'nowhere');
    const { code, err } = await operate(elsewhere, ['backup', file]);
    expect(code).toBe(1);
    expect(err).toMatch(/^(There is no database .*nowhere|pg_dump failed: .*"nowhere" does not exist)\.$/);
    expect(statSync(file).size).toBeLessThan(20);
    expect(readdirSync(dir)).toEqual(['desk.backup']);
  });

  it('needs exactly one file', async () => {
    for (const args of [[], ['a', 'b'], ['']])
      expect(await operate(database.url, ['backup', ...args])).toEqual({
        code: 2,
        out: '',
        err: 'FILE: expected once; see backup --help.',
      });
  });

  if (kind === 'SQLite') {
    it('cannot be the database itself, by whatever path', async () => {
      await withBookings();
      const source = database.url.slice('file:'.length);
      const { code, err } = await backup(`${dir}/../${basename(dir)}/${relative(dir, source)}`);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/is the database itself/) });
      expect(await inDatabase(database.url, bookingsWithHistory)).toHaveLength(3);
    });

    it('of a damaged database is refused in one line, and the older one stays unchanged', async () => {
      await withBookings();
      await backup();
      const older = readFileSync(file);
      const source = database.url.slice('file:'.length);
      const bytes = readFileSync(source);
      writeFileSync(source, bytes.fill(0xa5, 2 * 4096, 40 * 4096));
      const { code, out, err } = await backup();
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^[^\n]*(malformed|damaged)[^\n]*$/);
      expect(readFileSync(file).equals(older)).toBe(true);
      expect(readdirSync(dir)).toEqual(['desk.backup']);
    });
  } else {
    it('needs pg_dump, and says so if it is missing', async () => {
      expect(await backup(file, { PATH: dir })).toEqual({
        code: 1,
        out: '',
        err: expect.stringMatching(/^pg_dump is not on PATH: install PostgreSQL's client programs[^\n]*$/),
      });
      expect(existsSync(file)).toBe(false);
      expect(readdirSync(dir)).toEqual([]);
    });

    it('does not show the password in the list of processes', async () => {
      await withBookings();
      const bin = join(dir, 'bin');
      mkdirSync(bin);
      const log = join(dir, 'arguments');
      for (const name of ['pg_dump', 'pg_restore']) {
        writeFileSync(
          join(bin, name),
          `#!/bin/sh\necho ${name} "$PGPASSWORD" "$@" >> ${log}\nPATH=\${PATH#*:}\nexec ${name} "$@"\n`,
        );
        chmodSync(join(bin, name), 0o755);
      }
      const url = new URL(database.url);
      url.password = 'p@ss/word';
      expect((await operate(url.toString(), ['backup', file], { PATH: `${bin}:${process.env.PATH}` })).code).toBe(0);
      const told = readFileSync(log, 'utf8').trim().split('\n');
      expect(told.map((line) => line.split(' ').slice(0, 2))).toEqual([
        ['pg_dump', 'p@ss/word'],
        ['pg_restore', ''],
      ]);
      expect(told.map((line) => line.split(' ').slice(2).join(' ')).join()).not.toMatch(/p@ss|127\.0\.0\.1/);
    });
  }
});

async function bookingsWithHistory(storage: Storage) {
  const bookings = await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });
  return Promise.all(
    bookings.map(async (booking) => ({ booking, history: await storage.bookings.history(booking.id) })),
  );
}

/** Each change of a booking is one line of its history. */
function changesOf(bookings: Awaited<ReturnType<typeof bookingsWithHistory>>): number {
  return bookings.reduce((sum, { history }) => sum + history.length, 0);
}
