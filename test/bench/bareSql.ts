import { Sqlite } from '../../src/storage/driver';
import { serveSlots } from './bareDesk';

/** What most would write first: one GROUP BY a request, on tables with the right indexes. */
serveSlots((desk) => {
  const db = new Sqlite(':memory:');
  db.exec(`create table skill (topic text, language text, advisor integer, primary key (topic, language, advisor)) without rowid;
    create table booking (advisor integer, at integer, primary key (advisor, at)) without rowid`);
  const insertSkill = db.prepare('insert into skill values (?, ?, ?)');
  const insertBooking = db.prepare('insert into booking values (?, ?)');
  db.transaction(() => {
    for (const { topic, language, advisor } of desk.skills) insertSkill.run(topic, language, advisor);
    for (const { advisor, at } of desk.bookings) insertBooking.run(advisor, at);
  })();
  const busy = db.prepare(
    `select at, count(*) as count from skill join booking using (advisor)
      where topic = ? and language = ? and at >= ? and at <= ? group by at`,
  );
  const able = db.prepare('select count(*) as count from skill where topic = ? and language = ?');
  const places = new Map(desk.starts.map(({ at }, i) => [at, i]));
  return ({ topic, language }, first, last) => {
    const { count } = able.get(topic, language) as { count: number };
    const free = new Array<number>(last - first).fill(count);
    const [from, to] = [desk.starts[first]?.at ?? 0, desk.starts[last - 1]?.at ?? 0];
    for (const row of busy.all(topic, language, from, to) as { at: number; count: number }[])
      free[(places.get(row.at) ?? 0) - first] = count - row.count;
    return free;
  };
});
