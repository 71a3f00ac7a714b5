import { type DeskNews, readPosition } from '../../../src/app/live/deskEvents';
import { type DeskWatch, positionNow, wakeAfterWrites, watchDesks } from '../../../src/app/live/watchDesks';
import type { Pause } from '../../../src/app/ports/clock';
import type { Storage } from '../../../src/app/ports/storage';
import { DomainError } from '../../../src/domain/errors';
import { openSqlite } from '../../../src/storage/sqlite/open';
import { add, another } from '../../contracts/bookingStore';
import { withDesks } from '../../contracts/databases';
import { anEvent, NOW } from '../../support/builders';

const DESK = 'expat-desk';

/** Pauses that last until the test ends them, or the watch is woken. */
function pauses() {
  const waiting: { readonly ms: number; readonly end: () => void }[] = [];
  const pause: Pause = (ms, signal) =>
    new Promise((done) => {
      waiting.push({ ms, end: done });
      signal.addEventListener('abort', () => done());
    });
  return {
    pause,
    /** Waits until the watch pauses, and ends that. @returns how long it would have lasted */
    async over(): Promise<number> {
      await settled(() => waiting.length > 0);
      const next = waiting.shift();
      next?.end();
      return next?.ms ?? 0;
    },
  };
}

async function settled(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    if (turns > 10_000) throw new Error('never');
    await new Promise((done) => setImmediate(done));
  }
}

describe('The watch over the desks', () => {
  let storage: Storage;
  let looks: string[][];
  let failures: unknown[];
  let isAway: boolean;
  let time: number;
  let watch: DeskWatch;
  let paused: ReturnType<typeof pauses>;
  const stops: (() => void)[] = [];

  beforeEach(async () => {
    storage = await withDesks(() => openSqlite(':memory:', { now: NOW }));
    [looks, failures, isAway, time] = [[], [], false, 0];
    paused = pauses();
    watch = watchDesks({
      changes: {
        since: async (asked) => {
          looks.push([...asked.keys()]);
          if (isAway) throw new DomainError('unavailable');
          return storage.changes.since(asked);
        },
      },
      elapsed: () => time,
      pause: paused.pause,
      failed: (error) => failures.push(error),
    });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    await storage.close();
  });

  function listener(part: Partial<Parameters<DeskWatch['listen']>[0]> = {}) {
    const heard: DeskNews[] = [];
    const stop = watch.listen({ deskId: DESK, since: 'now', hear: (told) => heard.push(told), ...part });
    stops.push(stop);
    const kinds = () => heard.flatMap(({ events }) => events.map(({ event }) => event.kind));
    return { heard, kinds, stop };
  }
  const book = async (at: Storage = storage, advisorId = 'a1') => {
    const booking = another({ advisorId });
    await add(at, booking);
    await at.write(({ bookings }) => bookings.record(anEvent({ bookingId: booking.id }), 0), { desk: DESK });
  };
  /** Lets a whole second pass without a change of this process. */
  const second = async () => {
    while ((await paused.over()) < 900);
  };

  it('looks at nothing as long as nobody listens, and once a second for all who do', async () => {
    await settled(() => true);
    expect(looks).toEqual([]);
    const [one, two, other] = [listener(), listener(), listener({ deskId: 'wuppertal' })];
    await settled(() => one.heard.length === 1);
    await second();
    await settled(() => other.heard.length > 0);
    expect(looks.at(-1)).toEqual([DESK, 'wuppertal']);
    const before = looks.length;
    await book();
    expect(looks).toHaveLength(before);
    await second();
    await settled(() => one.kinds().length > 0);
    expect([one.kinds(), two.kinds(), other.kinds()]).toEqual([['booking'], ['booking'], []]);
    expect(looks).toHaveLength(before + 1);
  });

  it('looks at once when this process has written, but not more often than it may', async () => {
    const { heard, kinds } = listener();
    const own = wakeAfterWrites(storage, watch.wake);
    await settled(() => heard.length === 1);
    await book(own);
    await book(own, 'a2');
    expect([looks.length, await paused.over()]).toEqual([1, 100]);
    await settled(() => kinds().length > 0);
    expect([looks.length, kinds()]).toEqual([2, ['booking', 'booking']]);
  });

  it('looks after a write that has failed as well, as nobody knows what became of it', async () => {
    const { heard } = listener();
    await settled(() => heard.length === 1);
    await paused.over();
    const failing = wakeAfterWrites(storage, watch.wake).write(async () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await settled(() => looks.length === 2);
  });

  it('tells a newcomer what has changed since the page was read, and the others nothing twice', async () => {
    const since = readPosition(await positionNow(storage, DESK));
    await book();
    const first = listener();
    await settled(() => first.heard.length === 1);
    const late = listener({ since });
    await paused.over();
    await settled(() => late.heard.length === 1);
    expect([late.kinds(), first.kinds()]).toEqual([['booking'], []]);
  });

  it('goes on after the database was away, without having lost anything', async () => {
    const { heard, kinds } = listener();
    await settled(() => heard.length === 1);
    expect(watch.isCurrent(5_000)).toBe(true);
    isAway = true;
    await book();
    await second();
    time += 6_000;
    await second();
    await settled(() => failures.length >= 2);
    expect([kinds(), watch.isCurrent(5_000)]).toEqual([[], false]);
    isAway = false;
    await second();
    await settled(() => kinds().length > 0);
    expect([kinds(), watch.isCurrent(5_000)]).toEqual([['booking'], true]);
  });

  it('stops when the last listener has gone, and begins again with the next', async () => {
    const { heard, stop } = listener();
    await settled(() => heard.length === 1);
    await paused.over();
    stop();
    await book();
    await settled(() => true);
    expect(looks).toHaveLength(1);
    const again = listener();
    await settled(() => again.heard.length === 1);
    expect(looks).toHaveLength(2);
    expect(heard).toHaveLength(1);
  });
});
