import type { Storage, Stores } from '../../src/app/ports/storage';
import { cancel } from '../../src/domain/booking/booking';
import { HOUR } from '../../src/domain/calendar/interval';
import { aDesk, anAdvisor, NOW, TUESDAY_NINE } from '../support/builders';
import { type Kind, newDatabase, openUrl } from '../support/databases';
import { add, another } from './bookingStore';

const WEEK = { start: TUESDAY_NINE.start - 48 * HOUR, end: TUESDAY_NINE.start + 96 * HOUR };

/** What several processes remember of who is taken, while each of them changes it. */
export function diariesContract(kind: Kind): void {
  let here: Storage;
  let there: Storage;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const made = await newDatabase(kind);
    drop = made.drop;
    here = (await openUrl(made.url, { now: NOW })).storage;
    there = (await openUrl(made.url, { now: NOW })).storage;
    await here.write(async ({ desks }) => {
      await desks.add(aDesk({ advisors: [anAdvisor({ id: 'a1' }), anAdvisor({ id: 'a2' })] }));
    });
  });
  afterEach(async () => {
    await here.close();
    await there.close();
    await drop();
  });

  const taken = async ({ snapshot }: Pick<Stores, 'snapshot'>, range = WEEK) => {
    const diaries = await (await snapshot('expat-desk')).diaries(range, ['a1', 'a2']);
    return Object.fromEntries([...diaries].map(([id, { entries }]) => [id, entries.map((each) => each.id)]));
  };
  const later = (hours: number, part = {}) => {
    const time = { start: TUESDAY_NINE.start + hours * HOUR, end: TUESDAY_NINE.end + hours * HOUR };
    return another({ time, blockedUntil: time.end, advisorId: 'a1', ...part });
  };

  it('is the same in the process that changed it and in others', async () => {
    expect(await taken(here)).toEqual({ a1: [], a2: [] });
    expect(await taken(there)).toEqual({ a1: [], a2: [] });
    const [late, early] = [later(1), later(0)];
    await add(here, late, early);
    for (const storage of [here, there]) expect(await taken(storage)).toEqual({ a1: [early.id, late.id], a2: [] });
    await there.write(({ bookings }) => bookings.save({ ...late, advisorId: 'a2', version: 2 }), {
      desk: 'expat-desk',
    });
    for (const storage of [here, there]) expect(await taken(storage)).toEqual({ a1: [early.id], a2: [late.id] });
    const { booking } = cancel(early, { by: { kind: 'client' }, now: NOW, reason: null });
    await here.write(({ bookings }) => bookings.save(booking), { desk: 'expat-desk' });
    for (const storage of [here, there]) expect(await taken(storage)).toEqual({ a1: [], a2: [late.id] });
  });

  it('contains in a transaction the changes so far, and outside only committed ones', async () => {
    const [one, two] = [later(0), later(1)];
    await add(here, one);
    await taken(here);
    const undone = here.write(
      async (stores) => {
        expect(await taken(stores)).toMatchObject({ a1: [one.id] });
        await stores.bookings.add(two, 'undone');
        expect(await taken(stores)).toMatchObject({ a1: [one.id, two.id] });
        throw new Error('not after all');
      },
      { desk: 'expat-desk' },
    );
    await expect(undone).rejects.toThrow('not after all');
    // The next change has the same number as the one that was undone.
    const three = later(2);
    await add(there, three);
    for (const storage of [here, there]) expect(await taken(storage)).toMatchObject({ a1: [one.id, three.id] });
  });

  it('reaches as far as the query, whatever was queried before', async () => {
    const far = later(24 * 30);
    await add(here, later(0), far);
    expect((await taken(here)).a1).toHaveLength(1);
    expect((await taken(here, { start: WEEK.start, end: far.time.end })).a1).toHaveLength(2);
    expect(await taken(here, { start: far.time.start, end: far.time.end })).toMatchObject({
      a1: expect.arrayContaining([far.id]) as unknown,
    });
  });

  it('knows when the first hold ends', async () => {
    const { status: _, ...booking } = later(0);
    expect(booking.advisorId).toBe('a1');
    const firstHoldEnds = async () =>
      (await (await here.snapshot('expat-desk')).diaries(WEEK, ['a1'])).get('a1')?.firstHoldEnds;
    expect(await firstHoldEnds()).toBe(Number.POSITIVE_INFINITY);
    const hold = { ...booking, heldUntil: NOW + HOUR / 4, renewals: 0, holder: null, heldFrom: {}, draft: {} };
    await there.write(({ bookings }) => bookings.saveHold(hold), { desk: 'expat-desk' });
    expect(await firstHoldEnds()).toBe(NOW + HOUR / 4);
    await there.write(({ bookings }) => bookings.removeHold(hold.id), { desk: 'expat-desk' });
    expect(await firstHoldEnds()).toBe(Number.POSITIVE_INFINITY);
  });

  it('belongs to the desk as it was last changed', async () => {
    const rules = async ({ desks }: Pick<Stores, 'desks'>) => (await desks.find('expat-desk'))?.hours.rules.length;
    const before = await rules(here);
    expect(before).toBeGreaterThan(0);
    await there.write(({ desks }) => desks.replaceOpeningRules('expat-desk', []), { desk: 'expat-desk' });
    expect(await rules(here)).toBe(0);
    const absence = { id: 'x', advisorId: 'a1', time: TUESDAY_NINE, reason: null };
    const absences = async () => (await here.snapshot('expat-desk')).absences(WEEK);
    expect(await absences()).toEqual([]);
    await there.write(({ desks }) => desks.addAbsence('expat-desk', absence), { desk: 'expat-desk' });
    expect(await absences()).toEqual([absence]);
  });
}
