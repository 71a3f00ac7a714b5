import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { bookers, ledger } from './support/bookers';
import { seedFaultDesk } from './support/desk';
import { verdict } from './support/oracle';
import { addReceptionist, type Probed, probes } from './support/probes';
import { endAll, freePort, pause, removeScratch, rounds, scratch, shim, startProgram } from './support/program';
import { report } from './support/report';
import { itWithShim } from './support/suite';

/** More than SQLite's log takes before it is used anew (`wal_autocheckpoint`). */
const SMALL_MB = 32;
const PARALLEL = 20;
/**
 * By how much the clock is set on before each look. The program notes once a minute that a session was seen, so after
 * two minutes each look must write.
 */
const BETWEEN_LOOKS_MS = 2 * 60_000;

const dirs: string[] = [];
const mounts: string[] = [];
const newDir = () => {
  const dir = scratch();
  dirs.push(dir);
  return dir;
};
let smtp: SmtpPeer;
beforeAll(async () => {
  smtp = await smtpPeer();
});
afterAll(async () => {
  endAll();
  await smtp.close();
  for (const mount of mounts) spawnSync('umount', ['--lazy', mount]);
  for (const dir of dirs) removeScratch(dir);
});

const FAULTS = [
  ['that is full', 28],
  ['that is read-only', 30],
  ['that cannot be written', 5],
] as const;

describe('A disk', () => {
  itWithShim.each(FAULTS)(
    '%s costs nothing: writers hear 503, readers read, and the program goes on by itself',
    async (how, errno) => {
      const dir = newDir();
      const disk = shim(dir);
      const scene = await set(`file:${join(dir, 'desk.db')}`, disk.env);
      const away = { writes: 0, reads: 0, slowest: 0 };

      const times = rounds(1, 20);
      for (let i = 0; i < times; i++) {
        await scene.busy();
        disk.failWrites(errno);
        disk.shiftClock((i + 1) * BETWEEN_LOOKS_MS);
        const writes = await scene.probe.writes();
        expect(writes.filter(isNotAway)).toEqual([]);
        const reads = await scene.probe.reads();
        expect(reads.filter(isRefused)).toEqual([]);
        away.writes += writes.length;
        away.reads += reads.length;
        // What was asked before the fault is answered by now. From here on, no booking may be acknowledged.
        const { acknowledged } = scene.clients.met;
        await pause(200);
        expect(scene.clients.met.acknowledged).toBe(acknowledged);
        disk.failWrites(0);
        away.slowest = Math.max(away.slowest, await scene.recovered());
      }
      expect(disk.refused()).toBeGreaterThan(0);
      await scene.end(`SQLite: a disk ${how}, under ${PARALLEL} bookers`, times, away);
    },
    3_600_000,
  );

  it('that is filled to its last byte costs nothing either', async () => {
    const dir = newDir();
    const place = join(dir, 'small');
    if (!mounted(place, `size=${SMALL_MB}m`)) return skipped('no file system can be mounted by this user');
    const scene = await set(`file:${join(place, 'desk.db')}`, {});
    const away = { writes: 0, reads: 0, slowest: 0 };

    const times = rounds(1, 10);
    for (let i = 0; i < times; i++) {
      await scene.busy();
      const filler = fill(place);
      // SQLite first uses up the space that its log had taken before. What it writes there is kept, and may be
      // acknowledged.
      const { unavailable } = scene.clients.met;
      await until(() => scene.clients.met.unavailable > unavailable + PARALLEL);
      const writes = await scene.probe.writes();
      expect(writes.filter((probed) => isNotAway(probed) && probed.status >= 500)).toEqual([]);
      const reads = await scene.probe.reads();
      expect(reads.filter(isRefused)).toEqual([]);
      away.writes += writes.filter(({ status }) => status === 503).length;
      away.reads += reads.length;
      rmSync(filler);
      away.slowest = Math.max(away.slowest, await scene.recovered());
    }
    await scene.end(
      `SQLite: a tmpfs of ${SMALL_MB} MB filled to its last byte, under ${PARALLEL} bookers`,
      times,
      away,
    );
  }, 3_600_000);

  itWithShim.each(FAULTS)('%s from the beginning makes the program say so in one line and end', async (how, errno) => {
    const dir = newDir();
    const disk = shim(dir);
    disk.failWrites(errno);
    const line = await refusal(`file:${join(dir, 'new.db')}`, disk.env);
    report({ fault: `SQLite: start on a new disk ${how}`, tries: 1, remarks: withoutPath(line, dir) });
  });

  it('that is mounted read-only makes the program say so in one line and end', async () => {
    const dir = newDir();
    const place = join(dir, 'mount');
    if (!mounted(place, 'size=6m')) return skipped('no file system can be mounted by this user');
    await seedFaultDesk(`file:${join(place, 'desk.db')}`);
    spawnSync('mount', ['-o', 'remount,ro', place]);
    const line = await refusal(`file:${join(place, 'desk.db')}`, {});
    report({ fault: 'SQLite: start on a mount that is read-only', tries: 1, remarks: withoutPath(line, dir) });
  });
});

/** Starts the program with bookers at work, and probes. */
async function set(databaseUrl: string, env: Readonly<Record<string, string>>) {
  await seedFaultDesk(databaseUrl);
  await addReceptionist(databaseUrl);
  const program = startProgram({ databaseUrl, smtpUrl: smtp.url, port: await freePort(), env });
  await program.ready();
  const probe = await probes(program.origin);
  const notes = newDir();
  const kept = ledger(join(notes, 'acknowledged.jsonl'));
  const clients = bookers({ origins: [program.origin], ledger: kept, parallel: PARALLEL });
  await clients.start();
  const more = (bookings: number) => {
    const { acknowledged } = clients.met;
    return until(() => clients.met.acknowledged >= acknowledged + bookings);
  };
  return {
    probe,
    clients,
    busy: () => more(PARALLEL),
    /** Returns how many milliseconds it takes until a booking is acknowledged again. */
    async recovered(): Promise<number> {
      const began = performance.now();
      await more(1);
      return performance.now() - began;
    },
    async end(fault: string, tries: number, away: { writes: number; reads: number; slowest: number }): Promise<void> {
      const met = await clients.stop();
      const sent = smtp.received.length;
      await until(() => smtp.received.length > sent);
      expect((await probe.reads()).filter(isRefused)).toEqual([]);
      expect(await program.term()).toBe(0);
      kept.close();
      const found = await verdict(databaseUrl, kept.read());
      report({
        fault,
        tries,
        ...found,
        remarks:
          `meanwhile ${away.writes} probing writes and ${met.unavailable} bookers heard 503, ${away.reads} reads went well; ` +
          `booked again within ${Math.round(away.slowest)} ms, same process; integrity ${found.integrity}`,
      });
      expect(met.strange).toEqual([]);
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, integrity: 'ok' });
      expect(found.acknowledged).toBeGreaterThan(0);
      expect(met.broken).toBe(0);
    },
  };
}

function isNotAway({ status, retryAfter }: Probed): boolean {
  return status !== 503 || !retryAfter;
}

function isRefused({ status }: Probed): boolean {
  return status >= 400;
}

/** Starts a program that must refuse to start. @returns the one line with which it does */
async function refusal(databaseUrl: string, env: Readonly<Record<string, string>>): Promise<string> {
  const program = startProgram({ databaseUrl, smtpUrl: smtp.url, port: await freePort(), env });
  const code = await new Promise((done) => program.child.once('close', done));
  const lines = program.output().trim().split('\n');
  expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL: /)]);
  expect(code).toBe(1);
  return String(lines[0]);
}

function mounted(place: string, options: string): boolean {
  mkdirSync(place);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]).status !== 0) return false;
  mounts.push(place);
  return true;
}

/** Fills a file system to its last byte. @returns the file that takes all that was free */
function fill(place: string): string {
  const file = join(place, 'filler');
  const fd = openSync(file, 'w');
  try {
    for (;;) writeSync(fd, Buffer.alloc(4096));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
  closeSync(fd);
  expect(statfsSync(place).bavail).toBe(0);
  return file;
}

async function until(come: () => boolean): Promise<void> {
  const began = performance.now();
  while (!come()) {
    if (performance.now() - began > 60_000) throw new Error('did not come in a minute');
    await pause(10);
  }
}

function withoutPath(line: string, dir: string): string {
  return line.replaceAll(dir, '…');
}

function skipped(why: string): void {
  process.stdout.write(`left out: ${why}\n`);
}
