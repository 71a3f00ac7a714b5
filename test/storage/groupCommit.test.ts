import type { Storage } from '../../src/app/ports/storage';
import { openSqlite } from '../../src/storage/sqlite/open';
import { another } from '../contracts/bookingStore';
import { aDesk, anAdvisor, NOW } from '../support/builders';
import { newDatabase, type TestDatabase } from '../support/databases';
import { refusal } from '../support/refusal';

const AT = { desk: 'expat-desk' };
const ALWAYS = { start: 0, end: Number.MAX_SAFE_INTEGER };

describe('Concurrent writes', () => {
  let database: TestDatabase;
  let storage: Storage;
  let statements: string[];
  beforeEach(async () => {
    database = await newDatabase('SQLite');
    statements = [];
    storage = await openSqlite(fileOf(database), { now: NOW, onStatement: (sql) => statements.push(sql) });
    const advisors = Array.from({ length: 40 }, (_, i) => anAdvisor({ id: `a${i}` }));
    await storage.write(({ desks }) => desks.add(aDesk({ advisors })));
    statements.length = 0;
  });
  afterEach(async () => {
    await storage.close();
    await database.drop();
  });

  const fileOf = ({ url }: TestDatabase) => url.replace(/^file:/, '');
  const bookings = Array.from({ length: 40 }, (_, i) => another({ advisorId: `a${i}` }));
  const commits = () => statements.filter((sql) => sql === 'commit').length;
  const kept = async () => (await storage.bookings.within('expat-desk', ALWAYS)).map(({ id }) => id).sort();
  const idsOf = (some: readonly { id: string }[]) => some.map(({ id }) => id).sort();

  it('share a commit, and each gets its own result', async () => {
    const results = await Promise.all(
      bookings.map((booking) =>
        storage.write(async (stores) => {
          await stores.bookings.add(booking, booking.id);
          return booking.id;
        }, AT),
      ),
    );
    expect(results).toEqual(bookings.map(({ id }) => id));
    expect(await kept()).toEqual(idsOf(bookings));
    expect(commits()).toBeLessThan(bookings.length / 4);
  });

  it('leave nothing of those that fail, and everything of the others', async () => {
    const settled = await Promise.allSettled(
      bookings.map((booking, i) =>
        storage.write(async (stores) => {
          await stores.bookings.add(booking, booking.id);
          if (i % 3 === 0) throw new Error(`not ${i}`);
          // Of those before, only what was not taken back.
          if (i % 3 === 1) await stores.bookings.add(another({ advisorId: `a${i}` }), `second ${i}`);
        }, AT),
      ),
    );
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(bookings.map((_, i) => i % 3 === 2));
    expect(settled[0]).toMatchObject({ reason: new Error('not 0') });
    expect(settled[1]).toMatchObject({ reason: refusal('slot-unavailable') });
    expect(await kept()).toEqual(idsOf(bookings.filter((_, i) => i % 3 === 2)));
    expect(commits()).toBeLessThan(bookings.length / 4);
  });

  it('see the changes of those before them in the same commit', async () => {
    const first = another({ advisorId: 'a1' });
    const [one, two] = await Promise.all([
      storage.write(({ bookings: store }) => store.add(first, 'first'), AT),
      storage.write(async (stores) => {
        const diaries = await (await stores.snapshot('expat-desk')).diaries(ALWAYS, ['a1']);
        return diaries.get('a1')?.entries.map(({ id }) => id);
      }, AT),
    ]);
    expect([one, two]).toEqual([undefined, [first.id]]);
  });
});
