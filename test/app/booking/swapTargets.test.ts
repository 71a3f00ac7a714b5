import type { Booking } from '../../../src/domain/booking/booking';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import type { MoveTarget } from '../../../src/domain/slots/targets';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, aTopic, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const TEN = NINE + HOUR;
const HALF = 30 * MINUTE;
const STAFF = aReceptionist();
/** All speak English, and a2 and a3 also Japanese. Two hours of Tuesdays. */
const DESK = aDesk({
  fixedMinutes: 0,
  hours: { ...aDesk().hours, rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '11:00' }] },
  topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 })],
  advisors: ['a1', 'a2', 'a3'].map((id) => anAdvisor({ id, languages: id === 'a1' ? ['en'] : ['en', 'ja'] })),
});

let t: TestApp;
beforeEach(async () => {
  t = await testApp({ desks: [DESK] });
});
afterEach(() => t.close());

interface Part {
  readonly topicId?: string;
  readonly language?: string;
  readonly mode?: 'in_person' | 'phone';
}

/** A booking with this advisor, tied to nobody unless `isTied`. */
async function given(advisorId: string, start: number, part: Part = {}, isTied = false): Promise<Booking> {
  const query = { topicId: 'residence', language: 'en', mode: 'phone', advisorId, ...part } as const;
  const details = { attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} };
  const client = { name: 'Kim Probe', email: null, phone: '+493023125001', language: 'en' };
  const booking = await booked(t, { query, start, who: STAFF, source: 'phone', details: { ...details, client } });
  if (isTied) return booking;
  const untied = { ...booking, tied: false, version: booking.version + 1 };
  await t.storage.write((stores) => stores.bookings.save(untied), { desk: DESK.id });
  return untied;
}

async function targetsOf({ id }: Booking, part: Partial<Parameters<TestApp['app']['moveTargets']>[0]> = {}) {
  return (await t.app.moveTargets({ bookingId: id, who: STAFF, ...part })).targets;
}

async function targetAt(
  booking: Booking,
  { advisorId, time: { start } }: Booking,
  part: Partial<Parameters<TestApp['app']['moveTargets']>[0]> = {},
): Promise<MoveTarget | undefined> {
  const targets = await targetsOf(booking, part);
  return targets.find((target) => target.advisorId === advisorId && target.start === start);
}

const swap = (partner: Booking, start: number, advisorId: string, ...more: MoveTarget['others']) => ({
  start: partner.time.start,
  advisorId: partner.advisorId,
  kind: 'swap',
  others: [{ bookingId: partner.id, to: { start, advisorId } }, ...more],
  against: null,
});

/** Nobody can take over what is there from `start` on. */
async function fill(start: number, ...advisorIds: readonly string[]): Promise<void> {
  for (const advisorId of advisorIds) await given(advisorId, start, {}, true);
}

describe('A swap', () => {
  it('gives the partner the place that is left', async () => {
    const [a, b] = [await given('a1', NINE), await given('a2', TEN)];
    await fill(TEN, 'a1', 'a3');
    expect(await targetAt(a, b)).toEqual(swap(b, NINE, 'a1'));
  });

  it('gives the partner somebody else if the advisor who gets free cannot take it', async () => {
    const [a, b] = [await given('a1', NINE), await given('a2', TEN, { language: 'ja' })];
    await fill(TEN, 'a3');
    await fill(NINE, 'a2');
    expect(await targetAt(a, b)).toEqual(swap(b, NINE, 'a3'));
    await fill(NINE, 'a3');
    expect(await targetAt(a, b)).toBeUndefined();
  });

  it('leaves a partner who is tied with their advisor', async () => {
    const [a, b] = [await given('a1', NINE), await given('a2', TEN, {}, true)];
    expect(await targetAt(a, b)).toEqual(swap(b, NINE, 'a2'));
    await fill(NINE, 'a2');
    expect(await targetAt(a, b)).toBeUndefined();
  });

  it('names others that change their advisor by themselves', async () => {
    const long = await given('a1', NINE, { topicId: 'career' });
    const first = await given('a3', TEN, { language: 'ja' });
    const second = await given('a3', TEN + HALF);
    for (const start of [NINE, TEN, TEN + HALF]) await fill(start, 'a2');
    const others = { bookingId: second.id, to: { advisorId: 'a1' } };
    expect(await targetAt(long, first)).toEqual(swap(first, NINE, 'a3', others));
  });

  it('needs a room for both', async () => {
    await t.close();
    t = await testApp({ desks: [{ ...DESK, capacities: { in_person: 1 } }] });
    const [visit, call] = [await given('a1', NINE, { mode: 'in_person' }), await given('a2', TEN, {}, true)];
    expect(await targetAt(visit, call)).toEqual(swap(call, NINE, 'a2'));
    await given('a3', TEN, { mode: 'in_person' }, true);
    expect(await targetAt(visit, call)).toBeUndefined();
  });

  it('is made with whoever is here already, and with nobody whose booking is closed', async () => {
    const [a, here, done] = [await given('a1', TEN), await given('a2', NINE), await given('a3', NINE)];
    await fill(TEN, 'a2', 'a3');
    t.clock.set('2026-12-01T09:05:00+01:00');
    await t.app.recordAttendance({ bookingId: here.id, what: 'check-in', who: STAFF });
    await t.app.recordAttendance({ bookingId: done.id, what: 'complete', who: STAFF });
    expect(await targetAt(a, here)).toEqual(swap(here, TEN, 'a1'));
    expect(await targetAt(a, done)).toBeUndefined();
  });

  it('is not made with a booking that is over, or into the past', async () => {
    const [late, b] = [await given('a1', NINE), await given('a2', TEN, {}, true)];
    t.clock.set('2026-12-01T09:29:00+01:00');
    expect(await targetAt(late, b)).toMatchObject({ kind: 'swap' });
    expect(await targetAt(b, late)).toMatchObject({ kind: 'swap' });
    t.clock.set('2026-12-01T09:30:00+01:00');
    expect(await targetAt(late, b)).toBeUndefined();
    expect(await targetAt(b, late)).toBeUndefined();
  });

  it('knows the week in which the booking is, also if another one is asked about', async () => {
    const [a, b] = [await given('a1', NINE), await given('a2', NINE + 7 * DAY, { language: 'ja' }, true)];
    const nextWeek = { from: b.time.start, to: b.time.start + HOUR };
    expect(await targetAt(a, b, nextWeek)).toEqual(swap(b, NINE, 'a2'));
    await fill(NINE, 'a2');
    // A program that has read nothing yet.
    const other = await testApp({ databaseUrl: t.databaseUrl, desks: [] });
    const { targets } = await other.app.moveTargets({ bookingId: a.id, who: STAFF, ...nextWeek });
    await other.close();
    const atNine = targets.filter(({ start }) => start === b.time.start);
    expect(atNine.map(({ advisorId }) => advisorId)).toEqual(['a1', 'a3']);
  });

  it('stays within the calendar of an advisor who asks', async () => {
    const me = aReceptionist('Ada', { role: 'advisor', advisorId: 'a2' });
    const [a, b] = [await given('a2', NINE), await given('a2', TEN, { topicId: 'career', language: 'ja' })];
    await fill(TEN, 'a1', 'a3');
    expect(await targetAt(a, b, { who: me })).toEqual(swap(b, NINE, 'a2'));
    expect((await targetsOf(a, { who: me })).every(({ advisorId }) => advisorId === 'a2')).toBe(true);
    // Now only with a colleague's help: the second half of the hour is taken.
    await fill(NINE + HALF, 'a2');
    expect(await targetAt(a, b, { who: me })).toBeUndefined();
    expect(await targetAt(a, b)).toEqual(swap(b, NINE, 'a3'));
  });
});

describe('A booking', () => {
  it('in a mode that its topic has no more can go nowhere, and why is said', async () => {
    const a = await given('a2', NINE, { mode: 'in_person', language: 'ja' });
    const topics = DESK.topics.map((topic) => ({ ...topic, modes: ['phone'] as const }));
    await t.storage.write(({ desks }) => desks.replace({ ...DESK, topics }), { desk: DESK.id });
    const asked = { bookingId: a.id, who: STAFF, override: true, refused: true };
    const { targets, refused } = await t.app.moveTargets(asked);
    expect(targets).toEqual([]);
    expect(refused.map(({ advisorId, against }) => [advisorId, against.why])).toEqual([
      ['a1', 'language'],
      ['a2', 'mode'],
      ['a3', 'mode'],
    ]);
    expect(refused[2]).toMatchObject({ start: NINE, end: NINE + 2 * HOUR });
  });

  it('can be moved by staff only', async () => {
    const { id: bookingId } = await given('a1', NINE);
    await expect(t.app.moveTargets({ bookingId, who: CLIENT })).rejects.toEqual(refusal('forbidden'));
    await expect(t.app.moveTargets({ bookingId: 'nobody', who: STAFF })).rejects.toEqual(refusal('not-found'));
  });

  it('is offered to nobody who has left', async () => {
    const a = await given('a1', NINE);
    const advisors = DESK.advisors.map((each) =>
      each.id === 'a3' ? { ...each, topics: [], workingRules: [], retired: true } : each,
    );
    await t.storage.write(({ desks }) => desks.replace({ ...DESK, advisors }), { desk: DESK.id });
    const { targets, refused } = await t.app.moveTargets({
      bookingId: a.id,
      who: STAFF,
      override: true,
      refused: true,
    });
    expect(targets.length).toBeGreaterThan(0);
    expect([...targets, ...refused].filter(({ advisorId }) => advisorId === 'a3')).toEqual([]);
  });
});
