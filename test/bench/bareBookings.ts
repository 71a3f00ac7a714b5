import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { Sqlite } from '../../src/storage/driver';
import { answer } from './peer';

/** What a durable booking costs on this disk if nothing has to be decided: is the advisor free, then an insert, each in a transaction. */
export interface BareBookings {
  /** `file:PATH`, or the URL of a PostgreSQL. */
  readonly database: string;
  /** Taken already, so that the index is as deep as the program's. */
  readonly taken: number;
  readonly seconds: number;
}

const HALF_HOUR_MS = 1_800_000;
const ADVISORS = 500;
const TABLE = `create table if not exists booking (id text primary key, advisor integer not null, starts_at bigint not null, ends_at bigint not null);
  create index if not exists booking_advisor on booking (advisor, starts_at)`;

interface Bare {
  readonly count: () => number | Promise<number>;
  /** In one transaction. */
  readonly book: (first: number, last: number) => void | Promise<void>;
  readonly close: () => void | Promise<void>;
}

/** @returns bookings per second */
answer<BareBookings, number>(async ({ database, taken, seconds }) => {
  const bare = database.startsWith('file:') ? onSqlite(database.slice('file:'.length)) : await onPostgres(database);
  let next = await bare.count();
  if (next < taken) await bare.book(next, taken);
  next = Math.max(next, taken);
  const until = performance.now() + seconds * 1_000;
  const began = performance.now();
  const first = next;
  while (performance.now() < until) {
    const booked = bare.book(next, next + 1);
    // Without a turn of the event loop where none is needed.
    if (booked) await booked;
    next++;
  }
  const perSecond = ((next - first) * 1_000) / (performance.now() - began);
  await bare.close();
  return perSecond;
});

/** The `n`th booking: nobody is booked twice. */
function booking(n: number): { advisor: number; start: number; end: number } {
  const start = Math.floor(n / ADVISORS) * HALF_HOUR_MS;
  return { advisor: n % ADVISORS, start, end: start + HALF_HOUR_MS };
}

function onSqlite(file: string): Bare {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(TABLE);
  const overlap = db.prepare(
    'select 1 from booking where advisor = ? and starts_at < ? and ends_at > ? order by starts_at desc limit 1',
  );
  const insert = db.prepare('insert into booking values (?, ?, ?, ?)');
  const [begin, commit] = [db.prepare('begin immediate'), db.prepare('commit')];
  return {
    count: () => (db.prepare('select count(*) as count from booking').get() as { count: number }).count,
    book(first, last) {
      begin.run();
      for (let n = first; n < last; n++) {
        const { advisor, start, end } = booking(n);
        if (overlap.get(advisor, end, start)) throw new Error('the advisor is taken');
        insert.run(randomUUID(), advisor, start, end);
      }
      commit.run();
    },
    close: () => void db.close(),
  };
}

async function onPostgres(connectionString: string): Promise<Bare> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(TABLE);
  const overlap = {
    name: 'overlap',
    text: 'select 1 from booking where advisor = $1 and starts_at < $2 and ends_at > $3 order by starts_at desc limit 1',
  };
  const insert = { name: 'insert', text: 'insert into booking values ($1, $2, $3, $4)' };
  return {
    count: async () => Number((await client.query('select count(*) from booking')).rows[0]?.count),
    async book(first, last) {
      await client.query('begin');
      for (let n = first; n < last; n++) {
        const { advisor, start, end } = booking(n);
        const { rowCount } = await client.query({ ...overlap, values: [advisor, end, start] });
        if (rowCount !== 0) throw new Error('the advisor is taken');
        await client.query({ ...insert, values: [randomUUID(), advisor, start, end] });
      }
      await client.query('commit');
    },
    close: () => client.end(),
  };
}
