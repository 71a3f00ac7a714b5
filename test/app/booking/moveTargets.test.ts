import fc from 'fast-check';
import { type MoveLine, type MovePlan, planMoves } from '../../../src/app/booking/movePlan';
import type { FoundTargets } from '../../../src/app/booking/moveTargets';
import { type Booking, isChangeable } from '../../../src/domain/booking/booking';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, type Interval, MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import type { Advisor, Desk, Reserve, Topic } from '../../../src/domain/desk';
import { isRefusal } from '../../../src/domain/errors';
import { placesUsed } from '../../../src/domain/slots/capacity';
import { gridStretches } from '../../../src/domain/slots/refusedStretches';
import type { MoveTarget } from '../../../src/domain/slots/targets';
import { SYSTEM } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, aTopic, NOW, TUESDAY_NINE } from '../../support/builders';
import { cases } from '../../support/cases';

const NINE = TUESDAY_NINE.start;
const HALF = 30 * MINUTE;
/** Tuesday and Wednesday. */
const DAYS: Interval = { start: NINE - 9 * HOUR, end: NINE - 9 * HOUR + 2 * DAY };
const STAFF = aReceptionist();
const ADVISORS = ['a1', 'a2', 'a3', 'a4'];
const TOPICS = ['residence', 'career', 'school'] as const;
const LANGUAGES = ['de', 'en', 'ja'] as const;

/** A desk, and what was booked, held and entered there one after the other. */
interface Scenario {
  readonly desk: Desk;
  readonly bookings: readonly Entry[];
  readonly holds: readonly Entry[];
  readonly absences: readonly { readonly advisorId: string; readonly half: number; readonly length: number }[];
  /** The clock stands in the first hour of Tuesday, and some of its clients are here or were. */
  readonly isLate: boolean;
}

interface Entry {
  readonly topicId: string;
  readonly language: string;
  readonly mode: 'in_person' | 'phone';
  readonly tiedTo: string | undefined;
  readonly isUrgent: boolean;
  /** Half hours after nine, of both days. */
  readonly half: number;
}

const someOf = <T>(all: readonly T[], min: number) => fc.subarray([...all], { minLength: min });
const half = fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 48, max: 53 }));
const entry: fc.Arbitrary<Entry> = fc.record({
  topicId: fc.constantFrom(...TOPICS, 'residence'),
  language: fc.constantFrom(...LANGUAGES, 'en'),
  mode: fc.constantFrom('in_person' as const, 'phone' as const),
  tiedTo: fc.option(fc.constantFrom(...ADVISORS), { nil: undefined, freq: 4 }),
  isUrgent: fc.boolean(),
  half,
});
const reserve: fc.Arbitrary<Reserve> = fc.record({
  language: fc.constantFrom('ja', 'en'),
  topicId: fc.constantFrom(null, 'residence'),
  urgent: fc.boolean(),
  startsPerDay: fc.integer({ min: 1, max: 2 }),
  releaseWorkingDays: fc.constantFrom(0, 1, 6),
});
const advisor = fc.record({
  languages: someOf(LANGUAGES, 1),
  topics: someOf(TOPICS, 2),
  workingRules: fc.constantFrom([], [], [{ rrule: 'FREQ=WEEKLY;BYDAY=TU,WE', start: '09:30', end: '11:30' }]),
});
const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    advisors: fc.array(advisor, { minLength: 3, maxLength: 4 }),
    hasPause: fc.boolean(),
    fixedMinutes: fc.constantFrom(0, 0, 0, 120),
    capacities: fc.constantFrom({}, {}, { in_person: 1 }, { in_person: 2, phone: 2 }),
    reserves: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(reserve, { minLength: 1, maxLength: 2 }) },
    ),
    bookings: fc.array(entry, { minLength: 16, maxLength: 36 }),
    holds: fc.array(entry, { maxLength: 3 }),
    absences: fc.array(
      fc.record({ advisorId: fc.constantFrom(...ADVISORS.slice(0, 3)), half, length: fc.constantFrom(15, 60) }),
      { maxLength: 2 },
    ),
    isLate: fc.boolean(),
  })
  .map(({ advisors, hasPause, fixedMinutes, capacities, reserves, ...rest }) => ({
    ...rest,
    desk: aDesk({
      fixedMinutes,
      capacities,
      reserves,
      hours: { ...aDesk().hours, rules: hoursOf(hasPause) },
      topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 }), aTopic({ id: 'school', bufferMinutes: 15 })],
      advisors: advisors.map((each, i): Advisor => anAdvisor({ id: ADVISORS[i] as string, ...each })),
    }),
  }));

function hoursOf(hasPause: boolean) {
  const rrule = 'FREQ=WEEKLY;BYDAY=TU,WE';
  if (!hasPause) return [{ rrule, start: '09:00', end: '12:00' }];
  return [
    { rrule, start: '09:00', end: '10:30' },
    { rrule, start: '10:45', end: '12:15' },
  ];
}

let t: TestApp;

/** Does what the scenario says, as far as the desk allows it. */
async function play({ desk, bookings, holds, absences, isLate }: Scenario): Promise<void> {
  t = await testApp({ desks: [desk], now: NOW });
  const { app, clock } = t;
  const timeOf = (of: number) => NINE + of * HALF;
  for (const { topicId, language, mode, tiedTo, isUrgent, half: at } of bookings) {
    const query = { topicId, language, mode, advisorId: tiedTo, urgent: isUrgent };
    const details = { client: { name: 'Kim Probe', email: null, phone: '+493023125001', language: 'en' } };
    const asked = { query, start: timeOf(at), source: 'phone', who: STAFF } as const;
    const rest = { attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} };
    await booked(t, { ...asked, details: { ...details, ...rest } }).catch(ignoreRefusal);
  }
  if (isLate) clock.set('2026-12-01T08:55:00+01:00');
  for (const { topicId, language, mode, half: at } of holds) {
    const query = { topicId, language, mode };
    await app.holdSlot({ who: STAFF, deskId: desk.id, query, start: timeOf(at) }).catch(ignoreRefusal);
  }
  for (const { advisorId, half: at, length } of absences) {
    const time = { start: timeOf(at) + 15 * MINUTE, end: timeOf(at) + (15 + length) * MINUTE };
    await app.addAbsence({ who: SYSTEM, deskId: desk.id, advisorId, time, reason: null }).catch(ignoreRefusal);
  }
  if (!isLate) return;
  clock.set('2026-12-01T09:05:00+01:00');
  const steps = ['check-in', 'check-in', 'complete', 'no-show'] as const;
  const today = (await allBookings(t)).filter(({ time }) => time.start < NINE + 3 * HALF);
  for (const [i, { id: bookingId }] of today.entries()) {
    const what = steps[i % steps.length] as (typeof steps)[number];
    await app.recordAttendance({ bookingId, what, who: STAFF }).catch(ignoreRefusal);
  }
}

function ignoreRefusal(error: unknown): void {
  const codes = ['slot-unavailable', 'invalid', 'booking-not-changeable', 'no-effect'] as const;
  if (!codes.some((code) => isRefusal(error, code))) throw error;
}

/** The lines that a caller sends for a target, as the contract says. */
function linesOf(booking: Booking, { start, advisorId, others }: MoveTarget): MoveLine[] {
  const more = others.flatMap(({ bookingId, to }) =>
    to.start === undefined ? [] : [{ bookingId, start: to.start, advisorId: to.advisorId }],
  );
  return [{ bookingId: booking.id, start, advisorId, ifVersion: booking.version }, ...more];
}

const planned = (lines: readonly MoveLine[]) => planMoves(t.storage, lines, { who: STAFF, now: t.clock.now() });

/** The bookings among the others of a plan, with their new advisors. */
async function givenAway({ others }: MovePlan) {
  const found = [];
  for (const { assignment, to } of others)
    if (await t.storage.bookings.find(assignment.id)) found.push({ bookingId: assignment.id, to: { advisorId: to } });
  return found;
}

async function expectAccepted(booking: Booking, target: MoveTarget): Promise<void> {
  const lines = linesOf(booking, target);
  const plan = await planned(lines);
  expect({ target, refused: plan.refused }).toEqual({ target, refused: [] });
  for (const [i, { start, advisorId }] of lines.entries()) {
    expect(plan.moves[i]?.event).not.toBeNull();
    expect(plan.moves[i]?.booking).toMatchObject({ advisorId, time: { start } });
  }
  expect(await givenAway(plan)).toEqual(target.others.filter(({ to }) => to.start === undefined));
}

async function expectRefused(lines: readonly MoveLine[]): Promise<void> {
  const plan = await planned(lines);
  expect({ lines, refused: plan.refused.length > 0 }).toEqual({ lines, refused: true });
}

/** An override leaves a rule, and takes nobody's time or room. */
async function expectVacant(desk: Desk, booking: Booking, { start, advisorId, against }: MoveTarget): Promise<void> {
  const now = t.clock.now();
  const { durationMinutes, bufferMinutes } = desk.topics.find(({ id }) => id === booking.topicId) as Topic;
  const time = { start, end: start + durationMinutes * MINUTE };
  const whole = { start, end: time.end + bufferMinutes * MINUTE };
  expect(against).not.toBeNull();
  expect(start).toBeGreaterThanOrEqual(now);
  const others = (await t.storage.bookings.busy(desk.id, whole, now)).filter(({ id }) => id !== booking.id);
  expect(others.filter((each) => each.advisorId === advisorId)).toEqual([]);
  const capacity = desk.capacities[booking.mode] ?? Number.POSITIVE_INFINITY;
  expect(placesUsed(others, booking.mode, time)).toBeLessThan(capacity);
  const line = { bookingId: booking.id, start, advisorId, override: true, reason: 'agreed' };
  expect((await planned([line])).refused).toEqual([]);
}

/** Where nothing is offered, nothing is accepted, and why is said. */
async function expectNothingElse(
  desk: Desk,
  booking: Booking,
  { targets, refused }: FoundTargets,
  chance: number,
): Promise<number> {
  const stretches = gridStretches(desk, DAYS);
  const neighbours = await allBookings(t);
  let tried = 0;
  for (const { id: advisorId } of desk.advisors)
    for (const [i, { start }] of stretches.entries()) {
      const isHere = booking.advisorId === advisorId && booking.time.start === start;
      const target = targets.find((each) => each.advisorId === advisorId && each.start === start);
      const against = refused.filter((each) => each.advisorId === advisorId && each.start <= start && start < each.end);
      expect([advisorId, start, against.length]).toEqual([advisorId, start, isHere || target ? 0 : 1]);
      if (isHere || (target && target.kind !== 'override')) continue;
      // A part of them, as each takes a question of its own.
      if ((i + chance) % 5 === 0) await expectRefused([{ bookingId: booking.id, start, advisorId }]);
      const partner = neighbours.find((each) => each.advisorId === advisorId && each.time.start === start);
      if (!partner || partner.tied || partner.status === 'cancelled') continue;
      const back = { bookingId: partner.id, start: booking.time.start, advisorId: booking.advisorId };
      await expectRefused([{ bookingId: booking.id, start, advisorId }, back]);
      tried++;
    }
  return tried;
}

async function expectConsistent(desk: Desk): Promise<void> {
  const live = (await allBookings(t)).filter(({ status }) => status !== 'cancelled');
  for (const a of live) {
    const one = desk.advisors.find(({ id }) => id === a.advisorId);
    expect([one?.languages, one?.topics]).toEqual([
      expect.arrayContaining([a.language]),
      expect.arrayContaining([a.topicId]),
    ]);
    const taken = (each: Booking) => ({ start: each.time.start, end: each.blockedUntil });
    for (const b of live)
      if (a.id < b.id && a.advisorId === b.advisorId) expect(overlaps(taken(a), taken(b))).toBe(false);
  }
}

/** Sends the lines of a target, and looks where everybody is then. */
async function expectDone(desk: Desk, booking: Booking, target: MoveTarget): Promise<void> {
  const lines = linesOf(booking, target);
  await t.app.moveBookings({ deskId: desk.id, lines, who: STAFF });
  const given = target.others.map(({ bookingId, to }) => ({ bookingId, ...to }));
  for (const { bookingId, start, advisorId } of [...lines, ...given]) {
    const found = await t.storage.bookings.find(bookingId);
    expect([found?.advisorId, found?.time.start]).toEqual([advisorId, start ?? found?.time.start]);
  }
  await expectConsistent(desk);
}

/** All lines of a tray after one booking has gone to a target: of each booking the last line counts. */
function collected(tray: readonly MoveLine[], booking: Booking, target: MoveTarget): MoveLine[] {
  const isOverride = target.kind === 'override';
  const lines = linesOf(booking, target).map((line, i) =>
    i === 0 && isOverride ? { ...line, override: true, reason: 'agreed' } : line,
  );
  const added = new Set(lines.map(({ bookingId }) => bookingId));
  return [...tray.filter(({ bookingId }) => !added.has(bookingId)), ...lines];
}

/** Counts what happened, by kind of target; `again`: a booking that was collected is asked about once more. */
type Met = Record<MoveTarget['kind'] | 'again' | 'saved', number>;

/** Collects a move for some bookings one after the other, tries what is offered beside them, and saves all of them. */
async function collectAndSave(given: Scenario, chance: number, found: Met): Promise<void> {
  await play(given);
  const by = { by: { kind: 'staff', name: 'x' }, now: t.clock.now() } as const;
  const all = (await allBookings(t)).filter((each) => isChangeable(each, by));
  let tray: MoveLine[] = [];
  for (const [i, booking] of [...all.slice(0, 4), ...all.slice(0, 1)].entries()) {
    const others = tray.filter(({ bookingId }) => bookingId !== booking.id);
    const asked = { bookingId: booking.id, who: STAFF, from: DAYS.start, to: DAYS.end, planned: others };
    const { targets } = await t.app.moveTargets({ ...asked, override: (chance + i) % 4 === 0 });
    for (const [j, target] of targets.entries()) {
      // A part of them, as each takes a question of its own.
      if ((i + j + chance) % 3 !== 0) continue;
      found[target.kind]++;
      const plan = await planned(collected(others, booking, target));
      expect({ tray: others, target, refused: plan.refused }).toEqual({ tray: others, target, refused: [] });
    }
    if (others.length < tray.length) found.again++;
    const target = targets[(chance + i) % Math.max(1, targets.length)];
    if (target) tray = collected(others, booking, target);
  }
  if (tray.length < 2) return;
  await t.app.moveBookings({ deskId: given.desk.id, lines: tray, who: STAFF });
  for (const { bookingId, start, advisorId } of tray)
    expect(await t.storage.bookings.find(bookingId)).toMatchObject({ advisorId, time: { start } });
  found.saved++;
}

/**
 * Holds that give way to planned moves, in a day so tight that it matters who is placed first. A property found it, with
 * more around it.
 */
const crowded: Scenario = (() => {
  const of = (topicId: string, language: string, half: number, part: Partial<Entry> = {}): Entry => ({
    ...{ topicId, language, half, mode: 'in_person', tiedTo: undefined, isUrgent: false },
    ...part,
  });
  const topics = ['residence', 'career', 'school'];
  const workingRules = [{ rrule: 'FREQ=WEEKLY;BYDAY=TU,WE', start: '09:30', end: '11:30' }];
  return {
    desk: aDesk({
      hours: { ...aDesk().hours, rules: hoursOf(false) },
      topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 }), aTopic({ id: 'school', bufferMinutes: 15 })],
      advisors: [
        anAdvisor({ id: 'a1', languages: ['ja'], topics: ['residence', 'school'] }),
        anAdvisor({ id: 'a2', languages: ['de', 'en', 'ja'], topics }),
        anAdvisor({ id: 'a3', languages: ['de', 'ja'], topics, workingRules }),
      ],
    }),
    bookings: [
      of('residence', 'de', 1, { tiedTo: 'a3', isUrgent: true }),
      of('residence', 'en', 5),
      of('residence', 'en', 49, { mode: 'phone', tiedTo: 'a2', isUrgent: true }),
    ],
    holds: [
      of('residence', 'ja', 50, { isUrgent: true }),
      of('school', 'ja', 49, { tiedTo: 'a1' }),
      of('residence', 'en', 4, { tiedTo: 'a1', isUrgent: true }),
    ],
    absences: [{ advisorId: 'a2', half: 51, length: 60 }],
    isLate: true,
  };
})();

describe('The targets of a booking', () => {
  it('are accepted as they are offered, and nothing else is', async () => {
    const found = { free: 0, handover: 0, swap: 0, override: 0, refusedSwaps: 0, done: 0 };
    await fc.assert(
      fc
        .asyncProperty(scenario, fc.nat(), async (given, chance) => {
          await play(given);
          const { desk } = given;
          const by = { by: { kind: 'staff', name: 'x' }, now: t.clock.now() } as const;
          const all = (await allBookings(t)).filter((each) => isChangeable(each, by));
          const some = all.filter((_, i) => (i + chance) % 4 === 0).slice(0, 3);
          const asked = (booking: Booking) => ({
            bookingId: booking.id,
            who: STAFF,
            from: DAYS.start,
            to: DAYS.end,
          });
          for (const booking of some) {
            const answer = await t.app.moveTargets({ ...asked(booking), override: true, refused: true });
            for (const target of answer.targets) {
              found[target.kind]++;
              if (target.kind === 'override') await expectVacant(desk, booking, target);
              else await expectAccepted(booking, target);
            }
            found.refusedSwaps += await expectNothingElse(desk, booking, answer, chance);
            const places = answer.targets.map(({ start, advisorId }) => `${start} ${advisorId}`);
            expect(new Set(places).size).toBe(places.length);
          }
          const [booking] = some;
          if (!booking) return;
          const { targets, refused } = await t.app.moveTargets(asked(booking));
          expect([targets.some((each) => each.kind === 'override'), refused]).toEqual([false, []]);
          const kind = (['swap', 'handover', 'free'] as const)[chance % 3];
          const target = targets.find((each) => each.kind === kind) ?? targets[0];
          if (!target) return;
          await expectDone(desk, booking, target);
          found.done++;
        })
        .afterEach(() => t.close()),
      { numRuns: cases(120) },
    );
    // Without these the test would say nothing.
    for (const [what, count] of Object.entries(found)) expect([what, count > 2]).toEqual([what, true]);
  });

  it('beside moves that are only planned are accepted together with these, one after the other, and saved as one', async () => {
    const found = { free: 0, handover: 0, swap: 0, override: 0, again: 0, saved: 0 };
    await fc.assert(
      fc
        .asyncProperty(scenario, fc.nat(), (given, chance) => collectAndSave(given, chance, found))
        .afterEach(() => t.close()),
      { numRuns: cases(60), endOnFailure: true },
    );
    // Without these the test would say nothing. Handovers are too seldom to be counted in a few cases.
    const { handover: _seldom, ...often } = found;
    for (const [what, count] of Object.entries(often)) expect([what, count > 2]).toEqual([what, true]);
  });

  it('beside planned moves that have no room without the booking are those that the whole plan accepts', async () => {
    const found = { free: 0, handover: 0, swap: 0, override: 0, again: 0, saved: 0 };
    await collectAndSave(crowded, 27, found);
    expect(found).toMatchObject({ again: 1, saved: 1 });
  });

  it('are found at a place that no grid has, with the rule that it leaves', async () => {
    t = await testApp();
    const booking = await booked(t);
    const at = async (start: number, advisorId = 'a1') => {
      const place = { start, advisorId };
      const asked = { bookingId: booking.id, who: STAFF, place, override: true, refused: true };
      const { targets, refused } = await t.app.moveTargets(asked);
      return [
        ...targets.map(({ kind, against }) => [kind, against?.why]),
        ...refused.map(({ against }) => against.why),
      ];
    };
    expect(await at(NINE + HOUR)).toEqual([['free', undefined]]);
    expect(await at(NINE + HOUR + 5 * MINUTE)).toEqual([['override', 'grid']]);
    // Saturday.
    expect(await at(NINE + 4 * DAY)).toEqual([['override', 'closed']]);
    expect(await at(NOW - HOUR)).toEqual(['past']);
    await booked(t, { start: NINE + 2 * HOUR });
    expect(await at(NINE + 2 * HOUR + 5 * MINUTE)).toEqual(['taken']);
    await t.close();
  });
});
