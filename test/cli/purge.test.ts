import { USUAL_RETENTION } from '../../src/domain/desk';
import { aBooking, aDesk, anEvent, span } from '../support/builders';
import { kinds, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { operate } from '../support/operator';

describe.each(kinds())('purge, on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await newDatabase(kind);
    const { storage } = await openUrl(database.url, { now: Date.now() });
    await storage.write(async ({ desks, bookings }) => {
      await desks.add(aDesk({ retention: { ...USUAL_RETENTION, bookingDays: 3000 } }));
      await bookings.add(aBooking({ time: span('2020-01-07T09:00:00+01:00', 30), note: 'x' }), 'hash 1');
      await bookings.record(anEvent(), 0);
    });
    await storage.close();
  });
  afterEach(() => database.drop());

  const lines = [
    '0  drafts that nobody sent: forgotten',
    '0  answers to requests with a key: forgotten',
    '0  networks that bookings came from, as keyed hashes: forgotten',
    '0  what staff did together, and could be undone: deleted',
    '0  plans for absences: deleted',
    '0  people who waited: forgotten',
    '0  entries of the waiting list that have ended: deleted',
    '0  counters of requests: forgotten',
    '0  sessions that are over: forgotten',
    '0  messages: words and address blanked',
    '0  messages to webhooks: deleted',
    '1  bookings: note and reasons blanked',
    '0  answers to the questions of a topic: blanked',
    '0  absences: reason blanked',
    '0  bookings: a fact without a person in their place',
    '0  searches in vain: weeks, topics and languages that were counted',
    '0  earlier versions of the opening hours',
    '0  cases that were closed: a fact without a person in their place',
    '0  lines about who looked at the file of a person: deleted',
  ];

  it('counts on a dry run what the next run changes, and then has nothing left to change', async () => {
    const dry = { code: 0, out: lines.join('\n'), err: 'This was a dry run: nothing was changed.' };
    for (const _ of [1, 2]) expect(await operate(database.url, ['purge', '--dry-run'])).toEqual(dry);
    expect(await operate(database.url, ['purge'])).toEqual({ ...dry, err: '' });
    expect((await operate(database.url, ['purge'])).out).toBe(lines.join('\n').replaceAll('1', '0'));
  });

  it('says in its help what it deletes, and refuses unknown options', async () => {
    expect((await operate(database.url, ['purge', '--help'])).out).toContain('bookings 30 days after their end');
    expect(await operate(database.url, ['purge', '--all'])).toMatchObject({ code: 2, out: '' });
  });
});
