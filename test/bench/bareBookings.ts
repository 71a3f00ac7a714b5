import { randomUUID } from 'node:crypto';
import { Sqlite } from '../../src/storage/driver';
import { answer } from './peer';

/** What a durable booking costs on this disk if nothing has to be decided: is the advisor free, then an insert, each in a transaction. */
export interface BareBookings {
  readonly file: string;
  /** Taken already, so that the index is as deep as the program's. */
  readonly taken: number;
  readonly seconds: number;
}

const HALF_HOUR_MS = 1_800_000;
const ADVISORS = 500;

/** @returns bookings per second */
answer<BareBookings, number>(({ file, taken, seconds }) => {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`create table if not exists booking (id text primary key, advisor integer not null, starts_at integer not null, ends_at integer not null);
    create index if not exists booking_advisor on booking (advisor, starts_at)`);
  const overlap = db.prepare(
    'select 1 from booking where advisor = ? and starts_at < ? and ends_at > ? order by starts_at desc limit 1',
  );
  const insert = db.prepare('insert into booking values (?, ?, ?, ?)');
  const [begin, commit] = [db.prepare('begin immediate'), db.prepare('commit')];
  let { count: next } = db.prepare('select count(*) as count from booking').get() as { count: number };
  const book = () => {
    const [advisor, start] = [next % ADVISORS, Math.floor(next / ADVISORS) * HALF_HOUR_MS];
    next++;
    if (overlap.get(advisor, start + HALF_HOUR_MS, start)) throw new Error('the advisor is taken');
    insert.run(randomUUID(), advisor, start, start + HALF_HOUR_MS);
  };
  db.transaction(() => {
    while (next < taken) book();
  })();

  const until = performance.now() + seconds * 1_000;
  const began = performance.now();
  const first = next;
  while (performance.now() < until) {
    begin.run();
    book();
    commit.run();
  }
  const perSecond = ((next - first) * 1_000) / (performance.now() - began);
  db.close();
  return perSecond;
});
