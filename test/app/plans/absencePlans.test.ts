import { simpleParser } from 'mailparser';
import type { ChosenLine } from '../../../src/app/plans/commitPlan';
import { mulberry32 } from '../../../src/demo/random';
import type { AbsencePlan, PlannedAbsence } from '../../../src/domain/booking/absencePlan';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { isRefusal } from '../../../src/domain/errors';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, aRequest, booked } from '../../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, aTopic, NOW, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const HALF = 30 * MINUTE;
const STAFF = aReceptionist('Rezi Empfang');
const { query, details } = aRequest();
const TUESDAY = { start: NINE, end: NINE + 8 * HOUR };

let t: TestApp;
afterEach(() => t.close());

const absence = (part: Partial<PlannedAbsence> = {}): PlannedAbsence => ({
  advisorIds: ['a1'],
  time: TUESDAY,
  kind: 'sick',
  reason: null,
  notice: { de: 'Zu', en: 'Closed' },
  hours: null,
  ...part,
});
const propose = async (part: Partial<PlannedAbsence> = {}) =>
  (await t.app.proposePlan({ who: STAFF, deskId: 'expat-desk', absence: absence(part) })).value;
const commit = async ({ id: planId }: AbsencePlan, lines: readonly ChosenLine[] = []) =>
  (await t.app.commitPlan({ who: STAFF, planId, lines })).value;
const undo = async ({ id: planId }: AbsencePlan) => (await t.app.undoPlan({ who: STAFF, planId })).value;
const back = async ({ id: planId }: AbsencePlan, at: number, asksBack = false) =>
  (await t.app.endAbsence({ who: STAFF, planId, at, asksBack })).value;
const find = async ({ id }: Pick<Booking, 'id'>) => (await t.storage.bookings.find(id)) as Booking;
const content = ({ version: _version, sequence: _sequence, changedAt: _changedAt, ...rest }: Booking) => rest;
const mails = async () => {
  await t.run('sendOutbox');
  const rows = (await t.everything()).outbox as { recipient: string; kind: string; state: string; content: string }[];
  return rows.filter(({ recipient, state }) => recipient === 'client' && state === 'sent');
};
const openTasks = async () =>
  (await t.storage.tasks.open('expat-desk')).map(({ kind, bookingId }) => [kind, bookingId]);

describe('A plan for an advisor who is away', () => {
  beforeEach(async () => {
    t = await testApp();
  });

  it('gives each booking to somebody else at the same time, if one can be found, and the clients hear nothing', async () => {
    const all = [];
    for (const hours of [0, 1, 2, 3]) all.push(await booked(t, { start: NINE + hours * HOUR }));
    expect(all.map(({ advisorId }) => advisorId)).toEqual(['a1', 'a1', 'a1', 'a1']);
    const before = (await mails()).length;
    const bookings = await allBookings(t);
    const plan = await propose();
    expect(plan.lines).toEqual(
      all.map(({ id, time }) => ({
        bookingId: id,
        version: 1,
        action: 'reassign',
        start: time.start,
        advisorId: 'a2',
      })),
    );
    expect(await allBookings(t)).toEqual(bookings);
    expect(await t.storage.desks.absences('expat-desk', TUESDAY)).toEqual([]);
    expect(await commit(plan)).toMatchObject({ state: 'committed', committedAt: NOW });
    for (const each of all) expect(await find(each)).toMatchObject({ advisorId: 'a2', time: each.time });
    expect(await t.storage.desks.absences('expat-desk', TUESDAY)).toMatchObject([{ advisorId: 'a1', time: TUESDAY }]);
    expect([(await mails()).length, await openTasks()]).toEqual([before, []]);
  });

  it('asks whoever has to come at another time, which is kept until they answer', async () => {
    const [first, second] = [await booked(t), await booked(t)];
    await mails();
    const plan = await propose();
    expect(plan.lines).toMatchObject([{ bookingId: first.id, action: 'ask', start: NINE + HALF, advisorId: 'a2' }]);
    await commit(plan);
    expect(await find(first)).toMatchObject({ time: { start: NINE + HALF }, advisorId: 'a2' });
    expect(await find(second)).toMatchObject({ time: { start: NINE } });
    const mail = await simpleParser((await mails()).at(-1)?.content ?? '');
    expect(mail.text).toMatch(/We keep the new time for you\. Please tell us until Wednesday, 25 November 2026 at/);
    expect(await t.storage.plans.question(first.id)).toMatchObject({ version: 2 });
    await t.app.acceptTime(first.id);
    await t.app.acceptTime(first.id);
    expect(await t.storage.plans.question(first.id)).toBeUndefined();
    expect((await t.storage.bookings.history(first.id)).map(({ type }) => type)).toEqual([
      'booked',
      'moved',
      'time_accepted',
    ]);
  });

  it('calls whoever has not answered in time, and nobody else', async () => {
    const [first] = [await booked(t), await booked(t)];
    await commit(await propose());
    t.clock.advance(24 * HOUR - 1);
    await t.run('callUnanswered');
    expect(await openTasks()).toEqual([]);
    t.clock.advance(1);
    await t.run('callUnanswered');
    await t.run('callUnanswered');
    expect(await openTasks()).toEqual([['call', first?.id]]);
  });

  it('leaves to a call who has no mail address, and who is promised to that person alone', async () => {
    const client = aClient({ email: null, phone: '+493023125001' });
    const [silent] = [
      await booked(t, { details: { ...details, client }, source: 'phone', who: STAFF }),
      await booked(t),
    ];
    const tied = await booked(t, { query: { ...query, advisorId: 'a1' }, start: NINE + HOUR });
    const plan = await propose();
    expect(plan.lines).toMatchObject([
      { bookingId: silent?.id, action: 'call', start: NINE + HALF },
      { bookingId: tied.id, action: 'ask', advisorId: 'a1' },
    ]);
    expect(plan.lines[1]?.start).toBeGreaterThanOrEqual(TUESDAY.end);
    await commit(plan, [{ bookingId: tied.id, action: 'keep' }]);
    expect(await openTasks()).toEqual([['outside_hours', silent?.id]]);
    expect(await find(tied)).toMatchObject({ advisorId: 'a1', version: 1 });
  });

  it('is done otherwise where that is wanted: another person, another time, cancelled', async () => {
    const all = [];
    for (const hours of [0, 1, 2]) all.push(await booked(t, { start: NINE + hours * HOUR }));
    const [a, b, c] = all as [Booking, Booking, Booking];
    const plan = await propose();
    await commit(plan, [
      { bookingId: a.id, action: 'move', start: NINE + 5 * HOUR, advisorId: 'a2' },
      { bookingId: c.id, action: 'cancel' },
    ]);
    expect(await find(a)).toMatchObject({ time: { start: NINE + 5 * HOUR }, advisorId: 'a2' });
    expect(await find(b)).toMatchObject({ time: b.time, advisorId: 'a2' });
    expect(await find(c)).toMatchObject({ status: 'cancelled' });
    await undo(plan);
    for (const each of all) expect(content(await find(each))).toEqual(content(each));
  });

  it('is undone as a whole for fifteen minutes, once, and is done then', async () => {
    const first = await booked(t);
    const plan = await propose();
    await commit(plan);
    await expect(undo(plan)).resolves.toMatchObject({ state: 'undone' });
    await expect(undo(plan)).resolves.toMatchObject({ state: 'undone' });
    expect(await find(first)).toMatchObject({ advisorId: 'a1', time: first.time });
    expect(await t.storage.desks.absences('expat-desk', TUESDAY)).toEqual([]);
    await expect(commit(plan)).rejects.toThrow(refusal('plan-undone'));
    const late = await propose();
    await expect(undo(late)).rejects.toThrow(refusal('plan-undone'));
    await commit(late);
    t.clock.advance(15 * MINUTE);
    await expect(undo(late)).rejects.toThrow(refusal('undo-expired'));
  });

  it('is refused whole if a booking was changed since, and leaves out one that was cancelled', async () => {
    const [a, b] = [await booked(t), await booked(t, { start: NINE + HOUR })];
    const plan = await propose();
    await t.app.cancelBooking({ bookingId: a.id, reason: null, who: { kind: 'client' } });
    await t.app.moveBooking({ bookingId: b.id, start: NINE + 2 * HOUR, who: { kind: 'client' } });
    const errors = [{ booking: b.id, code: 'version-moved-on' }];
    await expect(commit(plan)).rejects.toMatchObject({ code: 'moves-refused', details: { errors } });
    expect(await t.storage.desks.absences('expat-desk', TUESDAY)).toEqual([]);
    expect((await commit(await propose())).lines).toMatchObject([{ bookingId: b.id, action: 'reassign' }]);
  });

  it('closes the whole desk, for part of a day or several, and opens it again when it is undone', async () => {
    const first = await booked(t, { start: NINE + 5 * HOUR });
    const time = { start: NINE + 4 * HOUR, end: NINE + 30 * HOUR };
    const plan = await propose({ advisorIds: null, time, kind: 'closure' });
    expect(plan.lines).toMatchObject([{ bookingId: first.id, action: 'ask', start: time.end }]);
    await commit(plan);
    const free = async () => {
      const range = { from: NINE, to: NINE + 34 * HOUR };
      const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query, ...range, audience: 'staff' });
      return slots.map((slot) => (slot.time.start - NINE) / HOUR);
    };
    const closed = await free();
    expect(closed.filter((hours) => hours >= 4 && hours < 30)).toEqual([]);
    expect(closed).toEqual(expect.arrayContaining([0, 3.5]));
    await undo(plan);
    expect(await free()).toEqual(expect.arrayContaining([0, 4, 7.5, 24]));
    expect(content(await find(first))).toEqual(content(first));
  });

  it('gives free what was not needed when somebody is back earlier, and takes that back', async () => {
    const all = [];
    for (const hours of [0, 4]) all.push(await booked(t, { start: NINE + hours * HOUR }));
    const plan = await propose();
    await expect(back(plan, NINE)).rejects.toThrow(refusal('plan-undone'));
    const committed = await commit(
      plan,
      all.map(({ id }) => ({ bookingId: id, action: 'call' })),
    );
    const tasks = async () => (await openTasks()).map(([, id]) => id).sort();
    expect(await tasks()).toEqual(all.map(({ id }) => id).sort());
    const eleven = NINE + 2 * HOUR;
    expect(await back(plan, eleven)).toEqual({ ...committed, backAt: eleven });
    expect(await back(plan, eleven)).toEqual({ ...committed, backAt: eleven });
    const away = () => t.storage.desks.absences('expat-desk', TUESDAY);
    expect(await away()).toMatchObject([{ time: { start: NINE, end: eleven } }]);
    expect(await tasks()).toEqual([all[0]?.id]);
    expect(await back(plan, TUESDAY.end)).toEqual(committed);
    expect(await away()).toMatchObject([{ time: TUESDAY }]);
    expect(await tasks()).toEqual(all.map(({ id }) => id).sort());
    await back(plan, NINE - HOUR);
    expect([await away(), await openTasks()]).toEqual([[], []]);
    await back(plan, TUESDAY.end + HOUR);
    expect(await away()).toMatchObject([{ time: TUESDAY }]);
    await undo(plan);
    expect([await away(), await openTasks()]).toEqual([[], []]);
  });

  it('asks back those who got another time, if that is wanted, and not who has said that it fits', async () => {
    const [asked, pleased, told] = [
      await booked(t, { start: NINE + 3 * HOUR }),
      await booked(t, { start: NINE + 4 * HOUR }),
      await booked(t, { start: NINE + 5 * HOUR }),
    ];
    for (const { time } of [asked, pleased, told]) await booked(t, { start: time.start });
    const plan = await propose();
    expect(plan.lines.map(({ action }) => action)).toEqual(['ask', 'ask', 'ask']);
    await commit(plan, [{ bookingId: told.id, action: 'move' }]);
    await t.app.acceptTime(pleased.id);
    const moved = await find(pleased);
    await mails();
    await back(plan, NINE + 2 * HOUR, true);
    for (const each of [asked, told]) {
      expect(await find(each)).toMatchObject({ time: each.time, advisorId: 'a1' });
      expect(await t.storage.plans.question(each.id)).toMatchObject({ version: 3 });
    }
    expect(await find(pleased)).toEqual(moved);
    const mail = await simpleParser((await mails()).at(-1)?.content ?? '');
    expect(mail.text).toMatch(/We keep the new time for you/);
  });

  it('opens the desk again when its closure ends earlier', async () => {
    const time = { start: NINE + 2 * HOUR, end: NINE + 30 * HOUR };
    const plan = await propose({ advisorIds: null, time, kind: 'closure' });
    await commit(plan);
    const opens = async () => {
      const range = { from: NINE, to: NINE + 34 * HOUR };
      const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query, ...range, audience: 'staff' });
      return slots.map((slot) => (slot.time.start - NINE) / HOUR).find((hours) => hours >= 2);
    };
    expect(await opens()).toBe(30);
    await back(plan, NINE + 4 * HOUR);
    expect(await opens()).toBe(4);
    await back(plan, time.end);
    expect(await opens()).toBe(30);
    await undo(plan);
    expect(await opens()).toBe(2);
  });

  it('may be made by reception, by an advisor for themselves, and by nobody of another desk', async () => {
    const as = (role: 'advisor' | 'receptionist', deskId = 'expat-desk', part: Partial<PlannedAbsence> = {}) =>
      t.app.proposePlan({
        who: { ...STAFF, role, deskId, advisorId: role === 'advisor' ? 'a1' : null },
        deskId: 'expat-desk',
        absence: absence(part),
      });
    for (const advisorIds of [['a2'], ['a1', 'a2'], [], null])
      await expect(as('advisor', 'expat-desk', { advisorIds })).rejects.toThrow(refusal('forbidden'));
    await expect(as('advisor', 'wuppertal')).rejects.toThrow(refusal('not-found'));
    await as('advisor');
    await expect(as('receptionist', 'wuppertal')).rejects.toThrow(refusal('not-found'));
    await as('receptionist');
  });

  it.each([
    [{ advisorIds: ['a1', 'nobody'] }, '/advisors/1'],
    [{ advisorIds: [] }, '/advisors'],
    [{ time: { start: NINE, end: NINE } }, '/end'],
    [{ time: { start: NOW - HOUR, end: NOW } }, '/end'],
    [{ time: { start: NINE, end: NINE + 63 * 24 * HOUR } }, '/end'],
  ])('says what is wrong with %j', async (part, pointer) => {
    await expect(propose(part)).rejects.toMatchObject({ code: 'invalid', details: { errors: [{ pointer }] } });
  });
});

describe('Whatever is planned and undone', () => {
  const desk = aDesk({
    fixedMinutes: 0,
    capacities: { in_person: 3 },
    topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 }), aTopic({ id: 'school', bufferMinutes: 15 })],
    advisors: ['a1', 'a2', 'a3', 'a4'].map((id, i) =>
      anAdvisor({ id, languages: i > 1 ? ['en', 'ja'] : ['de', 'en'], topics: ['residence', 'career', 'school'] }),
    ),
  });
  const [BOOKINGS, PLANS] = [60, 25];

  it('leaves every booking, the hours and the tasks as they were, but for version, SEQUENCE and history', async () => {
    const random = mulberry32(5);
    t = await testApp({ desks: [desk] });
    for (let i = 0; i < BOOKINGS; i++) {
      const topicId = random.pick(['residence', 'career', 'school']);
      const mode = random.pick(['phone', 'in_person'] as const);
      const advisorId = random.chance(15) ? random.pick(['a1', 'a2', 'a3', 'a4']) : undefined;
      const wish = { topicId, language: random.pick(['de', 'en', 'ja']), mode, advisorId };
      await booked(t, { query: wish, start: NINE + random.below(32) * HALF }).catch((error: unknown) => {
        if (!isRefusal(error, 'slot-unavailable')) throw error;
      });
    }
    const seen = new Set<string>();
    for (let i = 0; i < PLANS; i++) {
      const before = (await allBookings(t)).sort((a, b) => (a.id < b.id ? -1 : 1));
      const hours = async () => {
        const { absence, hours_exception: exceptions } = await t.everything();
        return { absence, exceptions, tasks: await openTasks() };
      };
      const [hoursBefore, isClosure] = [await hours(), random.chance(25)];
      const start = NINE + random.below(10) * HALF;
      const plan = await propose({
        advisorIds: isClosure ? null : [...new Set([random.pick(['a1', 'a2']), random.pick(['a1', 'a3'])])],
        time: { start, end: start + (1 + random.below(8)) * HOUR },
      });
      for (const { action } of plan.lines) seen.add(action);
      const chosen = plan.lines
        .filter(() => random.chance(20))
        .map(({ bookingId }) => ({ bookingId, action: random.pick(['cancel', 'keep', 'call'] as const) }));
      // What is wanted otherwise may be in the way of the rest; what is proposed never is.
      const isDone = await commit(plan, chosen).catch((error: unknown) => {
        if (chosen.length === 0 || !isRefusal(error, 'moves-refused')) throw error;
      });
      if (!isDone) await commit(plan);
      await undo(plan);
      const after = (await allBookings(t)).sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(after.map(content)).toEqual(before.map(content));
      expect(await hours()).toEqual(hoursBefore);
    }
    expect([...seen].sort()).toEqual(expect.arrayContaining(['ask', 'reassign']));
  });
});
