import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { Sqlite } from '../../src/storage/driver';

/** A table of bookings in which nobody is booked twice, and nothing else: what a durable booking costs on this disk. */
export interface BareLedger {
  /** Makes the table as deep as the program's, if it is not. @returns the number of the next booking */
  fill(taken: number): Promise<number>;
  /** Books from the `first` to before the `last` in one transaction, each after a look at what overlaps. */
  book(first: number, last: number): void | Promise<void>;
  close(): void | Promise<void>;
}

const HALF_HOUR_MS = 1_800_000;
const ADVISORS = 500;
const TABLE = `create table if not exists booking (id text primary key, advisor integer not null, starts_at bigint not null, ends_at bigint not null);
  create index if not exists booking_advisor on booking (advisor, starts_at)`;

/** @param database `file:PATH`, or the URL of a PostgreSQL */
export function bareLedger(database: string): Promise<BareLedger> {
  return database.startsWith('file:') ? onSqlite(database.slice('file:'.length)) : onPostgres(database);
}

/** The `n`th booking: nobody is booked twice. */
function booking(n: number): { advisor: number; start: number; end: number } {
  const start = Math.floor(n / ADVISORS) * HALF_HOUR_MS;
  return { advisor: n % ADVISORS, start, end: start + HALF_HOUR_MS };
}

async function onSqlite(file: string): Promise<BareLedger> {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(TABLE);
  const overlap = db.prepare(
    'select 1 from booking where advisor = ? and starts_at < ? and ends_at > ? order by starts_at desc limit 1',
  );
  const insert = db.prepare('insert into booking values (?, ?, ?, ?)');
  const [begin, commit] = [db.prepare('begin immediate'), db.prepare('commit')];
  const book = (first: number, last: number) => {
    begin.run();
    for (let n = first; n < last; n++) {
      const { advisor, start, end } = booking(n);
      if (overlap.get(advisor, end, start)) throw new Error('the advisor is taken');
      insert.run(randomUUID(), advisor, start, end);
    }
    commit.run();
  };
  return {
    async fill(taken) {
      const { count } = db.prepare('select count(*) as count from booking').get() as { count: number };
      if (count < taken) book(count, taken);
      return Math.max(count, taken);
    },
    book,
    close: () => void db.close(),
  };
}

/** As many as ask at once. */
const CLIENTS = 8;

async function onPostgres(connectionString: string): Promise<BareLedger> {
  const pool = new Pool({ connectionString, max: CLIENTS });
  await pool.query(TABLE);
  const overlap = {
    name: 'overlap',
    text: 'select 1 from booking where advisor = $1 and starts_at < $2 and ends_at > $3 order by starts_at desc limit 1',
  };
  const insert = { name: 'insert', text: 'insert into booking values ($1, $2, $3, $4)' };
  const book = async (first: number, last: number) => {
    const client = await pool.connect();
    await client.query('begin');
    for (let n = first; n < last; n++) {
      const { advisor, start, end } = booking(n);
      const { rowCount } = await client.query({ ...overlap, values: [advisor, end, start] });
      if (rowCount !== 0) throw new Error('the advisor is taken');
      await client.query({ ...insert, values: [randomUUID(), advisor, start, end] });
    }
    await client.query('commit');
    client.release();
  };
  return {
    async fill(taken) {
      const count = Number((await pool.query('select count(*) from booking')).rows[0]?.count);
      if (count < taken) await book(count, taken);
      return Math.max(count, taken);
    },
    book,
    close: () => pool.end(),
  };
}
