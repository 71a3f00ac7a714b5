import { purge } from '../../../src/app/retention/purge';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, TUESDAY_NINE } from '../../support/builders';
import { aFact, facts } from '../../support/figures';

const MANAGER = aReceptionist('Mana Leitung', { role: 'manager' });
const JANUARY = Date.parse('2027-01-01T00:00:00+01:00');

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

const until = (at: number) => t.clock.advance(at - t.clock.now());
const read = () => t.app.readFigures({ who: MANAGER, deskId: 'expat-desk' });
const purged = () =>
  purge({ storage: t.storage, now: t.clock.now, pause: async () => {} })({ signal: new AbortController().signal });

/** Books consultations on the first days of December, every half hour from nine on. */
async function bookedInDecember(count: number) {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const start = TUESDAY_NINE.start + Math.floor(i / 10) * DAY + (i % 10) * 0.5 * HOUR;
    const client = aClient({ email: `client${i % 7}@client.example` });
    const { details } = {
      details: { client, attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} },
    };
    ids.push((await booked(t, { start, details })).id);
  }
  return ids;
}

async function attended(bookingId: string, what: 'complete' | 'no-show') {
  const booking = await t.storage.bookings.find(bookingId);
  until(Math.max(t.clock.now(), booking?.time.end ?? 0));
  if (what === 'complete') {
    await t.app.recordAttendance({ bookingId, what: 'check-in', who: aReceptionist() });
  }
  await t.app.recordAttendance({ bookingId, what, who: aReceptionist() });
}

describe('A month', () => {
  it('is closed when it is over at the desk, and not a moment before', async () => {
    await bookedInDecember(6);
    until(JANUARY - 1);
    await t.run('closeMonths');
    expect((await read()).period).toBeNull();
    until(JANUARY);
    await t.run('closeMonths');
    expect((await read()).period).toEqual({ from: '2026-12', to: '2026-12' });
  });

  it('tells contacts and persons, who came and who did not, and how much of the time was used', async () => {
    const ids = await bookedInDecember(20);
    for (const id of ids.slice(6, 12)) await t.app.cancelBooking({ bookingId: id, reason: null, who: CLIENT });
    for (const id of ids.slice(0, 6)) await attended(id, 'complete');
    for (const id of ids.slice(12, 17)) await attended(id, 'no-show');
    until(JANUARY);
    await t.run('closeMonths');
    const { counts, use } = await read();
    expect(counts.persons.map(({ values, count }) => [...values, count])).toEqual([
      ['contacts', 9],
      ['persons', 6],
    ]);
    expect(counts.attendance.map(({ values, count }) => [...values, count])).toEqual([
      ['held', 9],
      ['missed', 5],
      ['cancelled_late', 0],
      ['cancelled', 6],
    ]);
    expect(counts.consultations).toEqual([{ month: '2026-12', values: ['residence', 'en', 'in_person'], count: 9 }]);
    // December 2026 has 18 days from Monday to Thursday that are no holidays, and three Fridays, for two advisors.
    expect(use).toEqual([{ month: '2026-12', offeredHours: expect.any(Number), usedPercent: 0 }]);
  });

  it('offers only the hours by appointment, and those by phone of who gives consultations by phone', async () => {
    await t.close();
    const rule = (day: string, start: string, end: string, kind?: 'walk_in' | 'phone') => ({
      ...{ rrule: `FREQ=WEEKLY;BYDAY=${day}`, start, end },
      ...(kind && { kind }),
    });
    const { hours } = aDesk();
    const rules = [rule('TU', '09:00', '12:00'), rule('TU', '13:00', '15:00', 'phone')];
    const advisors = [anAdvisor(), anAdvisor({ id: 'a2', modes: ['in_person'] })];
    const walkIn = rule('WE', '09:00', '12:00', 'walk_in');
    t = await testApp({ desks: [aDesk({ advisors, hours: { ...hours, rules: [...rules, walkIn] } })] });
    await booked(t);
    const came = aFact({ month: '2026-12', source: 'walk_in', status: 'completed', minutes: 60 });
    await t.storage.write(({ figures }) => figures.addFacts(facts(40, came)), { desk: 'expat-desk' });
    until(JANUARY);
    await t.run('closeMonths');
    // Five Tuesdays: three hours of both, and two of the one who phones. Nobody came by appointment to all these hours.
    expect((await read()).use).toEqual([{ month: '2026-12', offeredHours: 40, usedPercent: null }]);
  });

  it('tells the same after its bookings were erased, purged or corrected', async () => {
    const ids = await bookedInDecember(12);
    until(JANUARY);
    await t.run('closeMonths');
    const before = await read();
    await t.app.eraseBooking(ids[0] ?? '');
    await t.app.recordAttendance({ bookingId: ids[1] ?? '', what: 'no-show', who: aReceptionist() });
    await purged();
    expect(await read()).toEqual(before);
    until(JANUARY + 40 * DAY);
    await purged();
    await t.run('closeMonths');
    expect(await t.storage.bookings.within('expat-desk', { start: 0, end: JANUARY })).toEqual([]);
    expect((await t.everything()).consultation_fact).toHaveLength(12);
    expect(await t.app.readFigures({ who: MANAGER, deskId: 'expat-desk', from: '2026-12', to: '2026-12' })).toEqual({
      ...before,
      choice: ['2026-12', '2027-01'],
    });
  });

  it('tells the same of a booking that was purged before it was over, as of one that was not', async () => {
    const ids = await bookedInDecember(12);
    until(Date.parse('2026-12-20T12:00:00+01:00'));
    for (const id of ids.slice(0, 3)) await t.app.eraseBooking(id);
    await purged();
    until(JANUARY);
    await t.run('closeMonths');
    const { counts } = await read();
    expect(counts.topics).toEqual([{ month: '2026-12', values: ['residence'], count: 12 }]);
  });

  it('is closed once, and every month since the first is, in which nobody came, too', async () => {
    await t.storage.atomically(({ figures }) => figures.addFacts(facts(5, { month: '2026-08' })));
    until(Date.parse('2026-11-30T12:00:00+01:00'));
    await t.run('closeMonths');
    await t.run('closeMonths');
    const { choice, counts } = await read();
    expect(choice).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(counts.persons.map(({ count }) => count)).toEqual([5, 5, 0, 0, 0, 0]);
  });

  it('keeps facts in an order that does not tell when they came', async () => {
    const all = [aFact({ waitingDays: 9 }), aFact({ waitingDays: 1 }), aFact({ topicId: 'career' })];
    await t.storage.atomically(({ figures }) => figures.addFacts(all));
    const rows = (await t.everything()).consultation_fact as { topic_id: string; waiting_days: number }[];
    expect(rows.map(({ topic_id, waiting_days }) => [topic_id, waiting_days])).toEqual([
      ['career', 7],
      ['residence', 1],
      ['residence', 9],
    ]);
  });
});
