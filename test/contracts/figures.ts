import type { StartsTask } from '../../src/app/ports/openStarts';
import type { Storage } from '../../src/app/ports/storage';
import { monthTables } from '../../src/domain/figures/monthTables';
import { actorOf, CLIENT } from '../../src/domain/staff/caller';
import { aBooking, NOW, TUESDAY_NINE } from '../support/builders';
import { aFactCount, facts } from '../support/figures';
import { add } from './bookingStore';
import { type Open, withDesks } from './databases';

const OCTOBER = { deskId: 'expat-desk', from: '2026-10', to: '2026-10' };

/** What the stores of figures and of missing starts do. */
export function figuresContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
  });
  afterEach(() => storage.close());

  it('counts equal facts of a desk and month', async () => {
    await storage.atomically(({ figures }) =>
      figures.addFacts([
        ...facts(600),
        ...facts(2, { status: 'cancelled', isCancelledLate: true, persons: 0, minutes: 45 }),
        ...facts(5, { status: 'cancelled', isGivenBack: true, reminded: 2 }),
        ...facts(3, { month: '2026-11' }),
        ...facts(4, { deskId: 'wuppertal' }),
      ]),
    );
    const counted = await storage.figures.facts(OCTOBER);
    expect(counted.sort((a, b) => b.count - a.count)).toEqual([
      aFactCount(600),
      aFactCount(5, { status: 'cancelled', isGivenBack: true, reminded: 2 }),
      aFactCount(2, { status: 'cancelled', isCancelledLate: true, persons: 0, minutes: 90 }),
    ]);
    expect(await storage.figures.firstFact('expat-desk')).toBe('2026-10');
  });

  it('keeps what is told of a closed month, and knows the last', async () => {
    expect(await storage.figures.lastClosed('expat-desk')).toBeNull();
    const tables = monthTables([aFactCount(9)]);
    const use = { offeredHours: 120, usedPercent: null };
    const months = ['2026-09', '2026-10'].map((month) => ({ deskId: 'expat-desk', month, closedAt: NOW, tables, use }));
    for (const month of months) await storage.atomically(({ figures }) => figures.close(month));
    expect(await storage.figures.lastClosed('expat-desk')).toBe('2026-10');
    expect(await storage.figures.closed({ ...OCTOBER, from: '2026-01' })).toEqual(months);
    expect(await storage.figures.closed({ ...OCTOBER, deskId: 'wuppertal' })).toEqual([]);
    await expect(storage.atomically(({ figures }) => figures.close(months[0] as never))).rejects.toBeDefined();
  });

  it('knows when the first booking starts, and who cancelled one when', async () => {
    expect(await storage.figures.firstStart('expat-desk')).toBeNull();
    const booking = aBooking({ status: 'cancelled', time: TUESDAY_NINE });
    await add(storage, booking);
    expect(await storage.figures.firstStart('expat-desk')).toBe(TUESDAY_NINE.start);
    const cancelled = (at: number, by: ReturnType<typeof actorOf>) =>
      storage.write(({ bookings }) =>
        bookings.record({ type: 'cancelled', bookingId: booking.id, at, by, reason: null, from: null }, 0),
      );
    await cancelled(NOW, { kind: 'staff', name: 'Rezi Empfang' });
    await cancelled(NOW + 1, actorOf(CLIENT));
    const hour = { start: TUESDAY_NINE.start, end: TUESDAY_NINE.start + 1 };
    expect(await storage.figures.countStarts('expat-desk', hour)).toBe(1);
    expect(await storage.figures.countStarts('wuppertal', hour)).toBe(0);
    const on = { start: TUESDAY_NINE.start, end: TUESDAY_NINE.start + 1 };
    expect([...(await storage.figures.cancellations('expat-desk', on))]).toEqual([
      [booking.id, { at: NOW + 1, byClient: true }],
    ]);
    expect([...(await storage.figures.cancellations('expat-desk', { ...on, start: on.end }))]).toEqual([]);
  });

  it('keeps the first sample of a day', async () => {
    expect(await storage.figures.lastSampled('expat-desk')).toBeNull();
    const sample = {
      deskId: 'expat-desk',
      date: '2026-10-31',
      topicId: 'residence',
      language: 'en',
      firstDays: 2,
      thirdDays: 3,
    };
    await storage.atomically(({ figures }) => figures.addSamples([sample, { ...sample, date: '2026-11-01' }]));
    await storage.atomically(({ figures }) => figures.addSamples([{ ...sample, firstDays: 9 }]));
    expect(await storage.figures.samples(OCTOBER)).toEqual([sample]);
    expect(await storage.figures.lastSampled('expat-desk')).toBe('2026-11-01');
  });

  it('has one open task for a topic and language, which says what was put last', async () => {
    const task: StartsTask = {
      ...{ id: 'one', deskId: 'expat-desk', topicId: 'residence', language: 'tr', missing: 6, until: '2026-12-18' },
      opening: { advisorId: 'a1', date: '2026-12-08', start: '13:00', end: '17:00', starts: 4 },
      createdAt: NOW,
    };
    const put = (part: Partial<StartsTask>) =>
      storage.atomically(({ openStarts }) => openStarts.put({ ...task, ...part }));
    await put({});
    await put({ id: 'other', missing: 2, opening: null, createdAt: NOW + 1 });
    await put({ id: 'more', topicId: 'career', missing: 9 });
    expect(await storage.openStarts.open('expat-desk')).toEqual([
      { ...task, id: 'more', topicId: 'career', missing: 9 },
      { ...task, missing: 2, opening: null },
    ]);
    const done = (id: string, by: string, at: number) =>
      storage.atomically(({ openStarts }) => openStarts.done('expat-desk', id, by, at));
    expect([await done('one', 'Mana', NOW + 5), await done('one', 'Mana', NOW + 6)]).toEqual([true, false]);
    expect(await done('more', 'system', NOW + 5)).toBe(true);
    expect(await storage.openStarts.open('expat-desk')).toEqual([]);
    expect(await storage.openStarts.finished('expat-desk', NOW + 5)).toEqual([
      { topicId: 'residence', language: 'tr' },
    ]);
    expect(await storage.openStarts.finished('expat-desk', NOW + 6)).toEqual([]);
    await put({ id: 'again' });
    expect(await storage.openStarts.open('expat-desk')).toMatchObject([{ id: 'again' }]);
  });
}
