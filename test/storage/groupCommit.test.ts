import pg from 'pg';
import type { Storage } from '../../src/app/ports/storage';
import { another } from '../contracts/bookingStore';
import { aDesk, anAdvisor, NOW } from '../support/builders';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { pause } from '../support/program';
import { refusal } from '../support/refusal';

const AT = { desk: 'expat-desk' };
const ALWAYS = { start: 0, end: Number.MAX_SAFE_INTEGER };

describe.each(kinds())('Concurrent writes at one desk of a %s database', (kind) => {
  let database: TestDatabase;
  let storage: Storage;
  let statements: string[];
  beforeEach(async () => {
    database = await newDatabase(kind);
    statements = [];
    ({ storage } = await openUrl(database.url, { now: NOW, onStatement: (sql) => statements.push(sql) }));
    const advisors = Array.from({ length: 40 }, (_, i) => anAdvisor({ id: `a${i}` }));
    await storage.write(({ desks }) => desks.add(aDesk({ advisors })));
    statements.length = 0;
  });
  afterEach(async () => {
    await storage.close();
    await database.drop();
  });

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

  it('show nobody else what is not committed yet', async () => {
    const idsIn = async (from: Pick<Storage, 'snapshot'>) => {
      const diaries = await (await from.snapshot('expat-desk')).diaries(ALWAYS, ['a1']);
      return diaries.get('a1')?.entries.map(({ id }) => id);
    };
    expect(await idsIn(storage)).toEqual([]);
    const first = another({ advisorId: 'a1' });
    const [, seen] = await Promise.all([
      storage.write(({ bookings: store }) => store.add(first, 'first'), AT),
      storage.write(async (stores) => {
        const within = await idsIn(stores as Storage);
        // SQLite lets others wait until the transaction ends.
        const outside = await Promise.race([idsIn(storage), pause(300)]);
        return { within, outside: outside ?? [] };
      }, AT),
    ]);
    expect(seen).toEqual({ within: [first.id], outside: [] });
    expect(await idsIn(storage)).toEqual([first.id]);
  });

  if (kind === 'SQLite') return;

  it('are all made again when their connection breaks before the commit', async () => {
    const some = bookings.slice(0, 8);
    let tries = 0;
    await Promise.all(
      some.map((booking, i) =>
        storage.write(async (stores) => {
          await stores.bookings.add(booking, booking.id);
          if (i === 5 && tries++ === 0) await breakConnections(database);
        }, AT),
      ),
    );
    expect(tries).toBe(2);
    expect(await kept()).toEqual(idsOf(some));
  });

  it('leave one that meets another transaction to a second try of its own', async () => {
    const some = bookings.slice(0, 8);
    const tries = some.map(() => 0);
    await Promise.all(
      some.map((booking, i) =>
        storage.write(async (stores) => {
          tries[i] = (tries[i] ?? 0) + 1;
          await stores.bookings.add(booking, booking.id);
          // As the database refuses a key that another transaction has taken meanwhile.
          if (i === 5 && tries[i] === 1) throw Object.assign(new Error('taken'), { code: '23505' });
        }, AT),
      ),
    );
    expect(tries).toEqual([1, 1, 1, 1, 1, 2, 1, 1]);
    expect(await kept()).toEqual(idsOf(some));
  });
});

/** Ends every connection of the program, as an administrator would. */
async function breakConnections({ url }: TestDatabase): Promise<void> {
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sprechstunde' and datname = current_database()",
  );
  await other.end();
}
