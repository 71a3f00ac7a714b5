import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { overlaps } from '../../src/domain/calendar/interval';
import { openSqlite } from '../../src/storage/sqlite';
import { NOW } from '../support/builders';

const PROCESSES = 6;
const TRIES = 300;

describe('Several processes on one file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'processes-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('never give one advisor two clients at once, and fail at nothing else', async () => {
    const file = join(folder, 'desk.db');
    const reports = await Promise.all(Array.from({ length: PROCESSES }, (_, seed) => booker(file, seed)));

    expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
    const total = (key: 'booked' | 'moved' | 'cancelled' | 'refused') =>
      reports.reduce((sum, report) => sum + report[key], 0);
    expect(total('booked') + total('moved') + total('cancelled') + total('refused')).toBe(PROCESSES * TRIES);
    for (const key of ['booked', 'moved', 'cancelled', 'refused'] as const)
      expect(total(key)).toBeGreaterThan(PROCESSES);

    const storage = await openSqlite(file, { now: NOW });
    const bookings = await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });
    const blocking = bookings.filter(({ status }) => status !== 'cancelled');
    expect([bookings.length, blocking.length]).toEqual([total('booked'), total('booked') - total('cancelled')]);
    const both = blocking.flatMap((a) =>
      blocking.filter((b) => a.id < b.id && a.advisorId === b.advisorId && overlaps(a.time, b.time)).map((b) => [a, b]),
    );
    expect(both).toEqual([]);
    for (const { id } of blocking) expect((await storage.bookings.history(id))[0]?.type).toBe('booked');
    await storage.close();
  }, 120_000);
});

interface Report {
  booked: number;
  moved: number;
  cancelled: number;
  refused: number;
  errors: string[];
}

async function booker(file: string, seed: number): Promise<Report> {
  const args = ['--import', 'tsx', join(__dirname, 'booker.ts'), file, String(seed), String(TRIES)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: resolve(__dirname, '../..') });
  return JSON.parse(stdout) as Report;
}
