import fc from 'fast-check';
import { sql } from 'kysely';
import { bookConsultation } from '../../../src/app/booking/bookConsultation';
import { cancelBooking } from '../../../src/app/booking/cancelBooking';
import { holdSlot } from '../../../src/app/booking/holdSlot';
import { type ImportBookings, importBookings } from '../../../src/app/booking/importBookings';
import { type ImportDetails, type ImportLine, type ImportOutcome, TAKEN } from '../../../src/app/booking/importPlan';
import { moveBooking } from '../../../src/app/booking/moveBooking';
import { unmetLedger } from '../../../src/app/demand/unmetLedger';
import { findSlots } from '../../../src/app/slots/findSlots';
import { HOLD_MS } from '../../../src/domain/booking/hold';
import { type Interval, MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import { CLIENT, SYSTEM } from '../../../src/domain/staff/caller';
import { randomIds } from '../../../src/identity/ids';
import { manageTokens } from '../../../src/identity/manageTokens';
import type { OpenDatabase } from '../../../src/storage/engine';
import { turns } from '../../../src/turns';
import { aRequest } from '../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, aTopic, NOW } from '../../support/builders';
import { cases } from '../../support/cases';
import { stoppedClock } from '../../support/clock';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../../support/databases';
import { mailFacts } from '../../support/mails';
import { refusal } from '../../support/refusal';

const DESK = aDesk({
  hours: {
    ...aDesk().hours,
    rules: [...aDesk().hours.rules, { rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '01:00', end: '04:00' }],
  },
  topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60, bufferMinutes: 15, modes: ['video'] })],
  advisors: [
    anAdvisor(),
    anAdvisor({ id: 'a2', workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '10:00', end: '12:00' }] }),
    anAdvisor({ id: 'a3', languages: ['ja'], topics: ['residence'] }),
  ],
});

function told(part: Partial<ImportDetails> = {}): ImportDetails {
  return {
    advisorId: 'a1',
    topicId: 'residence',
    language: 'en',
    mode: 'video',
    start: '2026-12-01T09:00:00+01:00',
    client: aClient(),
    ...part,
  };
}

/** On Tuesday, the day of `told`. */
const at = (clock: string, part: Partial<ImportDetails> = {}) =>
  told({ start: `2026-12-01T${clock}:00+01:00`, ...part });
const file = (...lines: ImportLine['told'][]): ImportLine[] =>
  lines.map((line, i) => ({ place: `line ${i + 2}`, told: line }));

describe.each(kinds())('Importing bookings into %s', (kind) => {
  const clock = stoppedClock(NOW);
  let database: TestDatabase;
  let opened: OpenDatabase;
  beforeEach(async () => {
    clock.set('2026-11-24T09:00:00Z');
    database = await newDatabase(kind);
    opened = await openUrl(database.url, { now: NOW });
    await opened.storage.write(async ({ desks }) => {
      await desks.add(DESK);
      await desks.add(aDesk({ id: 'wuppertal' }));
    });
  });
  afterEach(async () => {
    await opened.storage.close();
    await database.drop();
  });

  const deps = (pause = async () => {}) => ({
    storage: opened.storage,
    now: clock.now,
    ids: randomIds,
    sender: () => 'termine@city.example',
    tokens: manageTokens('a secret of the tests'),
    mailFacts: mailFacts(),
    elapsed: () => 0,
    pause,
    turn: turns(),
    unmet: unmetLedger(opened.storage),
  });
  const load = (deskId: string, lines: readonly ImportLine[], onProgress: Parameters<ImportBookings>[2] = () => {}) =>
    importBookings(deps())({ deskId, who: SYSTEM }, lines, onProgress);
  const importAll = (...lines: ImportLine['told'][]) => load('expat-desk', file(...lines));
  const all = (deskId = 'expat-desk') =>
    opened.storage.bookings.within(deskId, { start: 0, end: Number.MAX_SAFE_INTEGER });

  it('adds the bookings to the desk, and sends no message', async () => {
    const client = aClient({ name: 'Олена', phone: '+49 211 1', language: 'de' });
    expect(await importAll(at('09:15', { client, topicId: 'career' }))).toEqual(['imported']);
    const [booking, ...others] = await all();
    expect(others).toEqual([]);
    expect(booking).toMatchObject({
      status: 'confirmed',
      topicId: 'career',
      language: 'en',
      mode: 'video',
      advisorId: 'a1',
      tied: false,
      client,
      source: 'import',
      organizer: 'termine@city.example',
      sequence: 0,
      version: 1,
      createdAt: NOW,
    });
    const start = Date.parse('2026-12-01T08:15:00Z');
    expect(booking?.time).toEqual({ start, end: start + 60 * MINUTE });
    expect(booking?.blockedUntil).toBe(start + 75 * MINUTE);
    const id = booking?.id ?? '';
    expect(await opened.storage.bookings.history(id)).toMatchObject([{ type: 'booked', by: { kind: 'system' } }]);
    expect(await opened.storage.outbox.ofBooking(id)).toEqual([]);
    const { tokenFor, hash } = manageTokens('a secret of the tests');
    expect(await opened.storage.bookings.findByToken(hash(tokenFor(id)))).toEqual(booking);
    const [event] = await opened.db.selectFrom('booking_event').select('messages').execute();
    expect(event).toEqual({ messages: 0 });
  });

  it('stores the language tag of the advisor', async () => {
    const lines = [at('09:00', { language: 'de-DE' }), at('10:00', { language: 'en-GB' })];
    expect(await importAll(...lines)).toEqual(['imported', 'imported']);
    expect((await all()).map(({ language }) => language)).toEqual(['de', 'en']);
  });

  it('recognises a line that was imported when phone numbers were stored as written', async () => {
    const client = aClient({ phone: '0211 / 1234567' });
    expect(await importAll(told({ client }))).toEqual(['imported']);
    const now = told({ client: { ...client, phone: '+492111234567' } });
    expect(await importAll({ ...now, written: client })).toEqual(['present']);
    expect(await importAll(now)).toEqual([[TAKEN]]);
  });

  it('accepts past bookings, any start inside the hours, and any time far ahead', async () => {
    const lines = [at('09:07'), told({ start: '2019-03-05T09:00:00+01:00' }), told({ start: '2031-03-04T09:00:00Z' })];
    expect(await importAll(...lines)).toEqual(['imported', 'imported', 'imported']);
  });

  it('reads a start without offset on the desk’s clock', async () => {
    const lines = ['2026-12-01T09:00', '2026-12-01 09:30:00', '2026-07-07T09:00:00'].map((start) => told({ start }));
    expect(await importAll(...lines)).toEqual(['imported', 'imported', 'imported']);
    const starts = (await all()).map(({ time }) => new Date(time.start).toISOString());
    expect(starts).toEqual(['2026-07-07T07:00:00.000Z', '2026-12-01T08:00:00.000Z', '2026-12-01T08:30:00.000Z']);
  });

  it.each<[string, Partial<ImportDetails>, ImportOutcome]>([
    ['advisor', { advisorId: 'a9' }, ['advisor: is not an advisor of this desk']],
    ['topic', { topicId: 'tax' }, ['topic: is not a topic of this desk']],
    ['mode', { topicId: 'career', mode: 'phone' }, ['mode: is not a mode of this topic']],
    ['language', { language: 'ja' }, ['language: the advisor does not speak it']],
    [
      'two of them',
      { advisorId: 'a3', topicId: 'career' },
      ['topic: the advisor does not cover it', 'language: the advisor does not speak it'],
    ],
    [
      'day that does not exist',
      { start: '2026-02-30T09:00:00Z' },
      ['start: expected a day that exists, as YYYY-MM-DD'],
    ],
    [
      'start of nowhere',
      { start: 'tomorrow' },
      ['start: expected date, time and offset, as 2026-12-01T09:00:00+01:00'],
    ],
    [
      'hour that is doubled',
      { start: '2026-10-25T02:30' },
      ['start: 2026-10-25 02:30 happens twice, give an offset in Europe/Berlin'],
    ],
    [
      'hour that is missing',
      { start: '2026-03-29T02:30' },
      ['start: 2026-03-29 02:30 does not exist in Europe/Berlin'],
    ],
    ['half minute', { start: '2026-12-01T09:00:30+01:00' }, ['start: expected a whole minute']],
    ['early start', at('08:59'), ['start: not wholly inside the opening hours of the desk']],
    ['late end', at('16:31'), ['start: not wholly inside the opening hours of the desk']],
    [
      'buffer beyond the end',
      at('15:50', { topicId: 'career' }),
      ['start: not wholly inside the opening hours of the desk'],
    ],
    [
      'public holiday',
      { start: '2026-12-25T09:00:00+01:00' },
      ['start: not wholly inside the opening hours of the desk'],
    ],
    ['other hours', at('09:00', { advisorId: 'a2' }), ['start: not wholly inside the working hours of the advisor']],
  ])('says what does not fit: %s', async (_, part, reasons) => {
    expect(await importAll(told(part), at('16:30'))).toEqual([reasons, 'imported']);
    expect(await all()).toHaveLength(1);
  });

  it('refuses a booking that overlaps an absence by a minute', async () => {
    const time = { start: Date.parse('2026-12-01T10:00:00+01:00'), end: Date.parse('2026-12-01T11:00:00+01:00') };
    await opened.storage.write(({ desks }) =>
      desks.addAbsence('expat-desk', { id: 'away', advisorId: 'a1', time, reason: null }),
    );
    const outcomes = await importAll(
      at('09:31'),
      at('10:30'),
      at('09:30'),
      at('11:00'),
      at('10:30', { advisorId: 'a2' }),
    );
    expect(outcomes).toEqual([
      ['start: the advisor is absent'],
      ['start: the advisor is absent'],
      'imported',
      'imported',
      'imported',
    ]);
  });

  it('passes on the lines that the reader could not read', async () => {
    expect(await importAll(['email: expected one'], at('09:00'))).toEqual([['email: expected one'], 'imported']);
  });

  it('gives a time to the first line that wants it, whatever the order within the day', async () => {
    const outcomes = await importAll(
      at('09:15'),
      at('09:00', { client: aClient({ name: 'Second' }) }),
      at('09:30', { topicId: 'career' }),
      at('09:45', { topicId: 'career' }),
      at('10:59'),
      at('11:00'),
    );
    expect(outcomes).toEqual([
      'imported',
      ['start: overlaps line 2'],
      ['start: overlaps line 2'],
      'imported',
      ['start: overlaps line 5'],
      'imported',
    ]);
  });

  it('does not take time that is booked or held, and takes time that is cancelled or lapsed', async () => {
    const book = bookConsultation(deps());
    const query = { topicId: 'residence', language: 'en', advisorId: 'a1' };
    const start = (time: string) => Date.parse(`2026-12-01T${time}:00+01:00`);
    await book(aRequest({ query, start: start('09:00') }));
    const { value: off } = await book(aRequest({ query, start: start('10:00') }));
    await cancelBooking(deps())({ bookingId: off.id, reason: null, who: { kind: 'client' } });
    await holdSlot({ ...deps(), findSlots: findSlots(deps()) })({
      who: CLIENT,
      deskId: 'expat-desk',
      query,
      start: start('11:00'),
    });

    const lines = [at('09:15'), at('10:00'), at('11:00')];
    expect(await importAll(...lines)).toEqual([[TAKEN], 'imported', [TAKEN]]);
    clock.advance(HOLD_MS);
    expect(await importAll(...lines)).toEqual([[TAKEN], 'present', 'imported']);
  });

  it('lists the second of two equal lines, however they are written', async () => {
    const same = told({ start: '2026-12-01T08:00Z' });
    expect(await importAll(told(), same, told({ start: '2026-12-01T09:00' }))).toEqual([
      'imported',
      ['the same as line 2'],
      ['the same as line 2'],
    ]);
    const other = told({ client: aClient({ email: 'other@client.example' }) });
    expect(await importAll(told(), other)).toEqual(['present', [TAKEN]]);
    expect(await all()).toHaveLength(1);
  });

  it('imports a line once, whatever happened to its booking since', async () => {
    const lines = [at('09:00'), at('10:00'), at('11:00')];
    await importAll(...lines);
    const [first, second] = await all();
    const by = aReceptionist('Empfang');
    const start = Date.parse('2026-12-02T09:00:00+01:00');
    await moveBooking(deps())({ bookingId: first?.id ?? '', start, who: by });
    await cancelBooking(deps())({ bookingId: second?.id ?? '', reason: null, who: by });
    expect(await importAll(...lines)).toEqual(['present', 'present', 'present']);
    expect(await all()).toHaveLength(3);
    expect(await importAll(at('09:00', { client: aClient({ name: 'Next' }) }))).toEqual(['imported']);
  });

  it('recognises lines of the same desk only', async () => {
    expect(await load('wuppertal', file(told()))).toEqual(['imported']);
    expect(await load('expat-desk', file(told()))).toEqual(['imported']);
    expect([await all(), await all('wuppertal')].map(({ length }) => length)).toEqual([1, 1]);
    await expect(load('nowhere', file(told()))).rejects.toThrow(refusal('not-found'));
  });

  describe('of many lines', () => {
    /** Half hours of working days, `count` of them. */
    const many = (count: number): ImportDetails[] =>
      Array.from({ length: count }, (_, i) => {
        const day = new Date(
          Date.parse('2027-01-04') + (Math.floor(i / 64) * 7 + (Math.floor(i / 16) % 4)) * 86_400_000,
        );
        const clock = `${9 + Math.floor((i % 16) / 2)}`.padStart(2, '0');
        return told({ start: `${day.toISOString().slice(0, 10)}T${clock}:${i % 2 ? '30' : '00'}` });
      });

    it('reports its progress, and lets others write between two batches', async () => {
      const progress: number[] = [];
      let pauses = 0;
      const run = importBookings(
        deps(async () => {
          pauses++;
          const start = Date.parse('2026-12-01T09:00:00+01:00') + pauses * 30 * MINUTE;
          const client = aClient({ email: `c${pauses}@client.example` });
          await bookConsultation(deps())(aRequest({ start, details: { ...aRequest().details, client } }));
        }),
      );
      const outcomes = await run({ deskId: 'expat-desk', who: SYSTEM }, file(...many(1100)), (decided, count) => {
        progress.push(decided);
        expect(count).toBe(1100);
      });
      const holidays = outcomes.filter((outcome) => typeof outcome === 'object').length;
      expect(progress).toEqual([0, 100, 300, 700].map((done) => holidays + done).concat(1100));
      expect(await all()).toHaveLength(1100 - holidays + pauses);
    });

    it('writes smaller batches the longer they take, so that nobody waits long', async () => {
      let stopwatch = 0;
      const sizes: number[] = [];
      const run = importBookings({ ...deps(), elapsed: () => stopwatch, ids: { ...randomIds, uuid: slowly } });
      function slowly() {
        stopwatch += sizes.length === 0 ? 0 : 2;
        return randomIds.uuid();
      }
      let done: number | undefined;
      await run({ deskId: 'expat-desk', who: SYSTEM }, file(...many(500)), (decided) => {
        if (done !== undefined) sizes.push(decided - done);
        done = decided;
      });
      expect(sizes).toEqual([100, 200, 100, 100]);
    });

    it('can be interrupted and repeated, and imports each line once', async () => {
      const lines = file(...many(1100), many(1)[0] ?? []);
      const interrupted = importBookings(
        deps(async () => {
          throw new Error('pulled the plug');
        }),
      );
      await expect(interrupted({ deskId: 'expat-desk', who: SYSTEM }, lines, () => {})).rejects.toThrow(
        'pulled the plug',
      );
      expect(await all()).toHaveLength(100);
      const second = await load('expat-desk', lines);
      const count = (of: readonly ImportOutcome[], wanted: ImportOutcome) => of.filter((one) => one === wanted).length;
      expect(count(second, 'present')).toBe(100);
      expect(second.at(-1)).toEqual(['the same as line 2']);
      const there = await all();
      expect(there).toHaveLength(100 + count(second, 'imported'));
      expect(new Set(there.map(({ time }) => time.start)).size).toBe(there.length);
      expect(count(await load('expat-desk', lines), 'imported')).toBe(0);
      expect(await opened.db.selectFrom('booking_event').select('id').execute()).toHaveLength(there.length);
    });

    it('by two operators at once imports each line once', async () => {
      const lines = file(...many(600));
      const [one = [], two = []] = await Promise.all([1, 2].map(() => load('expat-desk', lines)));
      const there = await all();
      const imported = [...one, ...two].filter((outcome) => outcome === 'imported');
      expect(there).toHaveLength(imported.length);
      for (const [i, outcome] of one.entries())
        if (typeof outcome === 'string') expect([outcome, two[i]].sort()).toEqual(expect.arrayContaining(['imported']));
    });
  });

  it('lists the lines that only the database refuses, and imports the rest', async () => {
    const noon = Date.parse('2026-12-01T12:00:00+01:00');
    const { refuse, allow } = rule(kind, noon);
    await run(opened, refuse);
    try {
      expect(await importAll(at('11:00'), at('12:00'), at('13:00'))).toEqual(['imported', [TAKEN], 'imported']);
    } finally {
      await run(opened, allow);
    }
    expect(await all()).toHaveLength(2);
  });
});

describe('Importing anything', () => {
  const minutes = fc.integer({ min: 8 * 12, max: 17 * 12 }).map((fives) => fives * 5);
  const line = fc.record({
    advisorId: fc.constantFrom('a1', 'a2', 'a3'),
    topicId: fc.constantFrom('residence', 'career'),
    mode: fc.constantFrom('in_person', 'video'),
    language: fc.constantFrom('en', 'ja'),
    start: minutes.map(
      (m) => `2026-12-01T${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}:00+01:00`,
    ),
    client: fc.constantFrom(aClient(), aClient({ name: 'Other' })),
  });
  const timeOf = ({ start, topicId }: ImportDetails): Interval => {
    const length = topicId === 'career' ? 75 : 30;
    return { start: Date.parse(start), end: Date.parse(start) + length * MINUTE };
  };

  it('takes the lines one after the other, except those that would overlap another of the same advisor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
        const database = await newDatabase('SQLite');
        const { storage } = await openUrl(database.url, { now: NOW });
        await storage.write(({ desks }) => desks.add(DESK));
        const run = importBookings({
          storage,
          now: () => NOW,
          ids: randomIds,
          sender: () => 'x@y.example',
          tokens: manageTokens('any'),
          elapsed: () => 0,
          pause: async () => {},
        });
        const outcomes = await run({ deskId: 'expat-desk', who: SYSTEM }, file(...lines), () => {});
        const taken: { advisorId: string; time: Interval }[] = [];
        for (const [i, wanted] of lines.entries()) {
          const time = timeOf(wanted);
          const isFree = !taken.some((one) => one.advisorId === wanted.advisorId && overlaps(one.time, time));
          if (outcomes[i] === 'imported') {
            expect(isFree).toBe(true);
            taken.push({ advisorId: wanted.advisorId, time });
          } else if (String(outcomes[i]).startsWith('start: overlaps')) expect(isFree).toBe(false);
        }
        const there = await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });
        expect(there).toHaveLength(taken.length);
        const again = await run({ deskId: 'expat-desk', who: SYSTEM }, file(...lines), () => {});
        expect(again.filter((outcome) => outcome === 'imported')).toEqual([]);
        expect(again.filter((outcome) => outcome === 'present')).toHaveLength(taken.length);
        await storage.close();
        await database.drop();
      }),
      { numRuns: cases(50) },
    );
  });
});

/** A rule of the database's own that no program knows of: nothing begins at this instant. */
function rule(kind: string, start: number): { refuse: string[]; allow: string[] } {
  if (kind === 'SQLite')
    return {
      refuse: [
        `create trigger closed before insert on booking when new.starts_at = ${start} begin select raise(abort, 'slot-unavailable'); end`,
      ],
      allow: ['drop trigger closed'],
    };
  return {
    refuse: [
      `create function closed() returns trigger as $$ begin raise exception using errcode = '23P01'; end $$ language plpgsql`,
      `create trigger closed before insert on booking for each row when (new.starts_at = ${start}) execute function closed()`,
    ],
    allow: ['drop trigger closed on booking', 'drop function closed'],
  };
}

async function run({ db }: OpenDatabase, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
