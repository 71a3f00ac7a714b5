import { SQLITE } from '../../src/storage/engine';
import { lastRevisions, revisions } from '../../src/storage/revisions';
import { snapshots } from '../../src/storage/snapshots';
import { sqliteDatabase } from '../../src/storage/sqlite/open';
import { snapshotReads } from '../../src/storage/stores';
import { add, another } from '../contracts/bookingStore';
import { aDesk, NOW, TUESDAY_NINE } from '../support/builders';
import { newDatabase } from '../support/databases';

const COUNT = 120;
const WEEK = { start: TUESDAY_NINE.start - 1, end: TUESDAY_NINE.end + 1 };

describe('The snapshots of more than a hundred desks', () => {
  let opened: Awaited<ReturnType<typeof sqliteDatabase>>;
  let drop: () => Promise<void>;
  const ids = Array.from({ length: COUNT }, (_, i) => `desk-${i}`);
  beforeEach(async () => {
    const made = await newDatabase('SQLite');
    drop = made.drop;
    opened = await sqliteDatabase(made.url.slice('file:'.length), { now: NOW });
    await opened.storage.write(async ({ desks }) => {
      for (const id of ids) await desks.add(aDesk({ id }));
    });
  });
  afterEach(async () => {
    await opened.storage.close();
    await drop();
  });

  /** Snapshots of the same database with room for so many engagements. */
  const withRoomFor = (maxHeld: number) => {
    const { db } = opened;
    const looking = revisions(db);
    const remembered = snapshots(snapshotReads(db, SQLITE), maxHeld);
    return {
      of: (id: string) => remembered.of(id, looking),
      all: () => remembered.all(looking, () => lastRevisions(db)),
    };
  };

  it('are all remembered as long as they hold little', async () => {
    const { of, all } = withRoomFor(100_000);
    const first = await Promise.all(ids.map(of));
    const again = await Promise.all(ids.map(of));
    expect(again.map((each, i) => each === first[i])).toEqual(ids.map(() => true));
    const together = await all();
    expect(new Set(together)).toEqual(new Set(first));
    expect(await all()).toBe(together);
  });

  it('go one by one, the one first for which nobody has asked the longest, and never all at once', async () => {
    // A desk without an engagement counts as 200: there is room for a hundred.
    const { of } = withRoomFor(100 * 200);
    const first = new Map<string, unknown>();
    for (const id of ids) {
      first.set(id, await of(id));
      // The very first is used all the time.
      await of('desk-0');
    }
    const isKept = async (id: string) => (await of(id)) === first.get(id);
    expect(await isKept('desk-0')).toBe(true);
    for (const id of ids.slice(-99)) expect(await isKept(id)).toBe(true);
    expect(await isKept('desk-1')).toBe(false);
  });

  it('make room for one that grows, which itself stays', async () => {
    const engaged = Array.from({ length: 30 }, (_, i) => {
      const time = { start: TUESDAY_NINE.start + i * 60_000, end: TUESDAY_NINE.start + (i + 1) * 60_000 };
      return another({ deskId: 'desk-1', advisorId: 'a1', time, blockedUntil: time.end });
    });
    await add(opened.storage, ...engaged);
    const { of } = withRoomFor(2 * 200 + 10);
    const [first, growing] = [await of('desk-0'), await of('desk-1')];
    expect(await of('desk-0')).toBe(first);
    const diaries = await growing.diaries({ start: WEEK.start, end: TUESDAY_NINE.end }, ['a1']);
    expect(diaries.get('a1')?.entries).toHaveLength(30);
    expect(await of('desk-0')).not.toBe(first);
  });

  it('know nothing of a desk that does not exist, and forget nobody for it', async () => {
    const { of } = withRoomFor(200);
    const there = await of('desk-0');
    const nowhere = await of('nowhere');
    expect(await nowhere.desk()).toBeUndefined();
    expect(await of('desk-0')).toBe(there);
  });
});
