import type { Storage } from '../../src/app/ports/storage';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { NOW } from '../support/builders';
import type { Open } from './databases';

const WINDOW = 10 * MINUTE;

/** What every store of counters does. */
export function rateLimitsContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await open();
  });
  afterEach(() => storage.close());

  const count = (key: string, now = NOW) => storage.atomically(({ limits }) => limits.count(key, WINDOW, now));
  const peek = (key: string, now = NOW) => storage.limits.peek(key, WINDOW, now);
  const giveBack = (key: string) => storage.atomically(({ limits }) => limits.giveBack(key));

  it('count up within a fixed window, each key on its own', async () => {
    expect(await count('a')).toEqual({ hits: 1, windowEnds: NOW + WINDOW });
    expect(await count('a', NOW + MINUTE)).toEqual({ hits: 2, windowEnds: NOW + WINDOW });
    expect(await count('a', NOW + WINDOW - 1)).toEqual({ hits: 3, windowEnds: NOW + WINDOW });
    expect(await count('b', NOW + MINUTE)).toEqual({ hits: 1, windowEnds: NOW + MINUTE + WINDOW });
  });

  it('start again when the window is over, to the millisecond', async () => {
    await count('a');
    await count('a');
    expect(await count('a', NOW + WINDOW)).toEqual({ hits: 1, windowEnds: NOW + 2 * WINDOW });
  });

  it('can be read without counting', async () => {
    expect(await peek('a')).toEqual({ hits: 0, windowEnds: NOW });
    await count('a');
    for (let i = 0; i < 3; i++) expect(await peek('a', NOW + 1)).toEqual({ hits: 1, windowEnds: NOW + WINDOW });
    expect(await peek('a', NOW + WINDOW)).toEqual({ hits: 0, windowEnds: NOW + WINDOW });
    expect(await peek('b')).toEqual({ hits: 0, windowEnds: NOW });
  });

  it.each([2 * HOUR, 24 * HOUR])('do not lock anybody out because the clock was set back by %p ms', async (back) => {
    await count('a');
    await count('a');
    expect(await peek('a', NOW - back)).toEqual({ hits: 0, windowEnds: NOW - back });
    expect(await count('a', NOW - back)).toEqual({ hits: 1, windowEnds: NOW - back + WINDOW });
    expect(await count('a', NOW - back)).toEqual({ hits: 2, windowEnds: NOW - back + WINDOW });
  });

  it('can be reduced by one hit, but not below zero', async () => {
    await count('a');
    await count('a');
    await giveBack('a');
    expect(await peek('a')).toEqual({ hits: 1, windowEnds: NOW + WINDOW });
    for (let i = 0; i < 3; i++) await giveBack('a');
    await giveBack('unheard-of');
    expect(await peek('a')).toMatchObject({ hits: 0 });
    expect(await count('a')).toMatchObject({ hits: 1 });
  });

  it('give each of many concurrent hits its own number', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => count('a')));
    expect(all.map(({ hits }) => hits).sort((x, y) => x - y)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('count nothing in a transaction that throws', async () => {
    await count('a');
    const work = storage.atomically(async ({ limits }) => {
      await limits.count('a', WINDOW, NOW);
      await limits.count('b', WINDOW, NOW);
      throw new Error('refused');
    });
    await expect(work).rejects.toThrow('refused');
    expect([await peek('a'), await peek('b')]).toMatchObject([{ hits: 1 }, { hits: 0 }]);
  });

  it('are purged when their window is over, and not before', async () => {
    await count('a');
    await count('b', NOW + 1);
    const forget = (now: number) => storage.atomically(({ retention }) => retention.rateLimits(now).forget(2));
    expect(await forget(NOW + WINDOW - 1)).toBe(0);
    expect(await forget(NOW + WINDOW)).toBe(1);
    expect(await peek('b', NOW + WINDOW)).toMatchObject({ hits: 1 });
    expect(await forget(NOW + WINDOW + 1)).toBe(1);
  });
}
