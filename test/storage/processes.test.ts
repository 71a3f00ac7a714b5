import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bookConsultation } from '../../src/app/booking/bookConsultation';
import { unmetLedger } from '../../src/app/demand/unmetLedger';
import { seedDesks } from '../../src/app/desks/seedDesks';
import type { Booking } from '../../src/domain/booking/booking';
import { MINUTE, overlaps } from '../../src/domain/calendar/interval';
import { randomIds } from '../../src/identity/ids';
import { manageTokens } from '../../src/identity/manageTokens';
import { turns } from '../../src/turns';
import { aRequest } from '../support/bookings';
import { aDesk, NOW, TUESDAY_NINE } from '../support/builders';
import { cases } from '../support/cases';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { mailFacts } from '../support/mails';

const PROCESSES = 6;
/** Each tries so often; `CASES=all` is the long form. */
const TRIES = cases(300);

describe.each(kinds())('Several processes on one database, %s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'processes-'));
  let database: TestDatabase;
  beforeEach(async () => {
    database = await newDatabase(kind);
  });
  afterEach(() => database.drop());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('never give one advisor two clients at a time, and refuse nothing else', async () => {
    const reports = await together<Report>(PROCESSES, 'booker.ts', [database.url], TRIES);

    expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
    const total = (key: 'booked' | 'moved' | 'cancelled' | 'refused') =>
      reports.reduce((sum, report) => sum + report[key], 0);
    expect(total('booked') + total('moved') + total('cancelled') + total('refused')).toBe(PROCESSES * TRIES);
    for (const key of ['booked', 'moved', 'cancelled', 'refused'] as const)
      expect(total(key)).toBeGreaterThan(PROCESSES);

    const { storage } = await openUrl(database.url, { now: NOW });
    const bookings = await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });
    const blocking = bookings.filter(({ status }) => status !== 'cancelled');
    expect([bookings.length, blocking.length]).toEqual([total('booked'), total('booked') - total('cancelled')]);
    expect(atOneTime(blocking)).toEqual([]);
    for (const { id } of blocking) expect((await storage.bookings.history(id))[0]?.type).toBe('booked');
    await storage.close();
  });

  it('tell the client of each change once, with a SEQUENCE of its own', async () => {
    const { storage, db } = await openUrl(database.url, { now: NOW });
    await seedDesks({ storage })([aDesk()]);
    const book = bookConsultation({
      storage,
      turn: turns(),
      unmet: unmetLedger(storage),
      now: () => NOW,
      ids: randomIds,
      tokens: manageTokens('processes'),
      mailFacts: mailFacts(),
      sender: () => aDesk().email,
    });
    for (const half of [0, 0, 1, 1, 2, 2]) await book(aRequest({ start: TUESDAY_NINE.start + half * 30 * MINUTE }));

    const reports = await together<Pick<Report, 'errors' | 'refused'> & { changed: number }>(
      4,
      'changer.ts',
      [database.url, mkdtempSync(join(folder, 'ready-'))],
      60,
    );
    expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
    for (const { changed, refused } of reports) expect(Math.min(changed, refused)).toBeGreaterThan(0);

    const bookings = await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });
    expect(bookings).toHaveLength(6);
    expect(atOneTime(bookings.filter(({ status }) => status !== 'cancelled'))).toEqual([]);
    // Also those that a cancellation withdrew.
    const mails = db.selectFrom('outbox').selectAll().where('recipient', '=', 'client');
    const told = await mails.orderBy('id').execute();
    expect(told.length).toBeGreaterThan(60);
    for (const { id, sequence } of bookings) {
      const history = await storage.bookings.history(id);
      const mails = told.filter(({ booking_id }) => booking_id === id);
      // Nobody sends here: whoever has not heard of their booking yet is told of it as it is then.
      expect(mails.map(({ kind }) => kind)).toEqual(history.map(({ type }) => (type === 'moved' ? 'booked' : type)));
      expect(mails.map((mail) => mail.sequence)).toEqual(history.map((_, count) => count));
      for (const mail of mails.filter(({ calendar }) => calendar === 1))
        expect(JSON.parse(mail.facts_json ?? '{}')).toMatchObject({ booking: { sequence: mail.sequence } });
      expect(sequence).toBe(history.length - 1);
    }
    await storage.close();
  });
});

/** Those of one advisor that overlap, in pairs. */
function atOneTime(bookings: readonly Booking[]): Booking[][] {
  return bookings.flatMap((a) =>
    bookings.filter((b) => a.id < b.id && a.advisorId === b.advisorId && overlaps(a.time, b.time)).map((b) => [a, b]),
  );
}

interface Report {
  booked: number;
  moved: number;
  cancelled: number;
  refused: number;
  errors: string[];
}

/** What as many processes report, which run `program` at the same place at the same time. */
function together<T>(processes: number, program: string, place: readonly string[], tries: number): Promise<T[]> {
  return Promise.all(
    Array.from({ length: processes }, async (_, seed) => {
      const args = ['--import', 'tsx', join(__dirname, program), ...place, ...[seed, tries, processes].map(String)];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: resolve(__dirname, '../..') });
      return JSON.parse(stdout) as T;
    }),
  );
}
