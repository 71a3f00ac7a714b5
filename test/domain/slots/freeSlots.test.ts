import fc from 'fast-check';
import { DAY } from '../../../src/domain/calendar/dates';
import { MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import { toIso } from '../../../src/domain/calendar/zone';
import type { Desk } from '../../../src/domain/desk';
import type { Engagement } from '../../../src/domain/slots/engagement';
import { freeSlots, type ResolvedQuery, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { aDesk, anAdvisor, aTaken, aTopic, diaryOf, span } from '../../support/builders';
import { cases } from '../../support/cases';

const MONDAY_NOON = Date.parse('2026-11-23T12:00:00+01:00');
const WEEK = { start: Date.parse('2026-11-23T00:00:00+01:00'), end: Date.parse('2026-11-28T00:00:00+01:00') };
const TUESDAY = { start: Date.parse('2026-11-24T00:00:00+01:00'), end: Date.parse('2026-11-25T00:00:00+01:00') };

const topic = aTopic();
const german = anAdvisor({ id: 'german', languages: ['de'], topics: ['residence'] });
const polyglot = anAdvisor({ id: 'polyglot', languages: ['de', 'en', 'ja'], topics: ['residence', 'career'] });

function snapshot(part: Partial<Snapshot> = {}): Snapshot {
  return { desk: aDesk({ advisors: [polyglot, german] }), absences: [], diary: diaryOf([]), now: MONDAY_NOON, ...part };
}

const ask = (part: Partial<ResolvedQuery> = {}): ResolvedQuery => ({
  topic,
  language: 'de',
  audience: 'client',
  ...part,
});
const starts = (s: Snapshot, q: ResolvedQuery, range = TUESDAY) =>
  freeSlots(s, q, range).map(({ time }) => toIso(time.start, 'Europe/Berlin').slice(11, 16));
const whoAt = (s: Snapshot, q: ResolvedQuery, iso: string) => {
  const start = Date.parse(iso);
  return freeSlots(s, q, { start, end: start + 1 })[0]?.advisors.map(({ id }) => id);
};

describe('offers', () => {
  it('are the starts on the grid whose consultation and buffer lie inside the hours', () => {
    expect(starts(snapshot(), ask())).toHaveLength(16);
    expect(starts(snapshot(), ask()).at(-1)).toBe('16:30');
    const buffered = ask({ topic: aTopic({ durationMinutes: 30, bufferMinutes: 15 }) });
    expect(starts(snapshot(), buffered).at(-1)).toBe('16:00');
    const friday = { start: Date.parse('2026-11-27T00:00:00+01:00'), end: Date.parse('2026-11-28T00:00:00+01:00') };
    expect(starts(snapshot(), ask({ topic: aTopic({ durationMinutes: 90 }) }), friday).at(-1)).toBe('10:30');
  });

  it('begin after the lead time', () => {
    const today = { start: WEEK.start, end: TUESDAY.start };
    expect(starts(snapshot(), ask(), today)[0]).toBe('14:00');
    expect(starts(snapshot({ now: MONDAY_NOON + 1 }), ask(), today)[0]).toBe('14:30');
    expect(starts(snapshot(), ask({ topic: aTopic({ leadTimeMinutes: 0 }) }), today)[0]).toBe('12:00');
  });

  it('begin after the lead time of open hours, too', () => {
    const first = (now: string, leadTimeOpenMinutes: number, query = ask()) => {
      const desk = aDesk({ advisors: [german], leadTimeOpenMinutes });
      const [found] = freeSlots(snapshot({ desk, now: Date.parse(now) }), query, { ...WEEK, end: WEEK.end + 14 * DAY });
      return found && toIso(found.time.start, 'Europe/Berlin').slice(0, 16);
    };
    // Sunday night: nobody is there before Monday at nine.
    const sunday = '2026-11-22T22:00:00+01:00';
    expect(first(sunday, 0)).toBe('2026-11-23T09:00');
    expect(first(sunday, 1)).toBe('2026-11-23T09:30');
    expect(first(sunday, 60)).toBe('2026-11-23T10:00');
    expect(first(sunday, 8 * 60)).toBe('2026-11-24T09:00');
    expect(first(sunday, 8 * 60 + 1)).toBe('2026-11-24T09:30');
    // Friday, 11:30: half an hour is left before the weekend.
    expect(first('2026-11-27T11:30:00+01:00', 60)).toBe('2026-11-30T09:30');
    // While it is open, the lead time of elapsed time is the longer one, and both must have passed.
    expect(first('2026-11-24T09:00:00+01:00', 60)).toBe('2026-11-24T11:00');
    expect(first(sunday, 0, ask({ topic: aTopic({ leadTimeOpenMinutes: 90 }) }))).toBe('2026-11-23T10:30');
    expect(first(sunday, 90, ask({ topic: aTopic({ leadTimeOpenMinutes: 0 }) }))).toBe('2026-11-23T09:00');
    expect(first(sunday, 90, ask({ audience: 'staff' }))).toBe('2026-11-23T09:00');
    // More than the horizon holds.
    expect(first(sunday, 1000 * 60)).toBeUndefined();
  });

  it('begin on the first day after the lead time in working days, too', () => {
    const first = (now: string, leadTimeWorkingDays: number, query = ask(), part: Partial<Desk> = {}) => {
      const desk = aDesk({ advisors: [german], leadTimeWorkingDays, ...part });
      const range = { start: WEEK.start, end: WEEK.end + 14 * DAY };
      const [found] = freeSlots(snapshot({ desk, now: Date.parse(now) }), query, range);
      return found && toIso(found.time.start, 'Europe/Berlin').slice(0, 16);
    };
    const friday = '2026-11-27T08:00:00+01:00';
    expect(first(friday, 0)).toBe('2026-11-27T10:00');
    expect(first(friday, 1)).toBe('2026-11-30T09:00');
    expect(first(friday, 2)).toBe('2026-12-01T09:00');
    // The day is the desk's: a minute to midnight, and midnight.
    expect(first('2026-11-26T23:59:00+01:00', 1)).toBe('2026-11-27T09:00');
    expect(first('2026-11-27T00:00:00+01:00', 1)).toBe('2026-11-30T09:00');
    // All lead times must have passed.
    expect(first(friday, 1, ask(), { leadTimeMinutes: 4 * 24 * 60 })).toBe('2026-12-01T09:00');
    expect(first(friday, 2, ask({ topic: aTopic({ leadTimeWorkingDays: 0 }) }))).toBe('2026-11-27T10:00');
    expect(first(friday, 0, ask({ topic: aTopic({ leadTimeWorkingDays: 1 }) }))).toBe('2026-11-30T09:00');
    expect(first(friday, 2, ask({ audience: 'staff' }))).toBe('2026-11-27T09:00');
    // More than the horizon holds.
    expect(first(friday, 10, ask(), { horizonDays: 5 })).toBeUndefined();
  });

  it('end with the last slot of the last day of the horizon (hard case 22)', () => {
    const desk = aDesk({ advisors: [german], horizonDays: 60 });
    const now = Date.parse('2027-01-29T10:00:00+01:00');
    const range = { start: now, end: Date.parse('2028-01-01T00:00:00Z') };
    const all = freeSlots(
      { desk, absences: [], diary: diaryOf([]), now },
      ask({ topic: aTopic({ durationMinutes: 60 }) }),
      range,
    );
    expect(new Date(all.at(-1)?.time.start ?? 0).toISOString()).toBe('2027-03-30T14:00:00.000Z');
  });

  it('include for staff the slot that has begun, and slots beyond the horizon', () => {
    const staff = ask({ audience: 'staff' });
    const now = Date.parse('2026-11-24T09:10:00+01:00');
    expect(starts(snapshot({ now }), staff)[0]).toBe('09:00');
    const distant = { start: Date.parse('2027-06-01T00:00:00+02:00'), end: Date.parse('2027-06-02T00:00:00+02:00') };
    expect(starts(snapshot(), ask(), distant)).toEqual([]);
    expect(starts(snapshot(), staff, distant)).toHaveLength(16);
  });

  it('match the language, the topic, the mode and the requested advisor', () => {
    const nine = '2026-11-24T09:00:00+01:00';
    expect(whoAt(snapshot(), ask({ language: 'ja' }), nine)).toEqual(['polyglot']);
    expect(whoAt(snapshot(), ask({ language: 'fr' }), nine)).toBeUndefined();
    expect(whoAt(snapshot(), ask({ topic: aTopic({ id: 'career' }) }), nine)).toEqual(['polyglot']);
    expect(whoAt(snapshot(), ask({ advisorId: 'polyglot' }), nine)).toEqual(['polyglot']);
    expect(whoAt(snapshot(), ask({ topic: aTopic({ modes: ['phone'] }), mode: 'video' }), nine)).toBeUndefined();
  });

  it('leave out absences, bookings and their buffers, and reach to the edge of each', () => {
    const desk = aDesk({ advisors: [german] });
    const absences = [{ id: 'x', advisorId: 'german', time: span('2026-11-24T09:00:00+01:00', 180), reason: null }];
    const taken = [aTaken({ advisorId: 'german', time: span('2026-11-24T13:00:00+01:00', 45) })];
    expect(starts(snapshot({ desk, absences, diary: diaryOf(taken) }), ask()).slice(0, 4)).toEqual([
      '12:00',
      '12:30',
      '14:00',
      '14:30',
    ]);
  });

  it('stay within an advisor’s own working rules', () => {
    const mornings = anAdvisor({
      id: 'mornings',
      workingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:15', end: '11:00' }],
    });
    expect(starts(snapshot({ desk: aDesk({ advisors: [mornings] }) }), ask())).toEqual(['09:30', '10:00', '10:30']);
  });

  it('count half hours through the night on which the clocks go back (hard case 13)', () => {
    const night = { from: '2027-10-31', to: '2027-11-01', closed: false, windows: [{ start: '01:00', end: '04:00' }] };
    const desk = aDesk({ advisors: [german], horizonDays: 400 });
    const hours = { ...desk.hours, exceptions: [{ id: 'n', reason: { de: 'Nacht' }, ...night }] };
    const range = { start: Date.parse('2027-10-30T20:00:00Z'), end: Date.parse('2027-10-31T20:00:00Z') };
    const all = freeSlots({ ...snapshot(), desk: { ...desk, hours } }, ask(), range).map(({ time }) =>
      new Date(time.start).toISOString().slice(11, 16),
    );
    expect(all).toEqual(['23:00', '23:30', '00:00', '00:30', '01:00', '01:30', '02:00', '02:30']);
  });

  it('prefer the least flexible advisor, then the least loaded that week, then the smaller id', () => {
    const nine = '2026-11-24T09:00:00+01:00';
    expect(whoAt(snapshot(), ask(), nine)).toEqual(['german', 'polyglot']);

    const twins = [anAdvisor({ id: 'b' }), anAdvisor({ id: 'a' })];
    const desk = aDesk({ advisors: twins });
    expect(whoAt(snapshot({ desk }), ask(), nine)).toEqual(['a', 'b']);
    const sameWeek = [aTaken({ advisorId: 'a', time: span('2026-11-27T09:00:00+01:00', 30) })];
    expect(whoAt(snapshot({ desk, diary: diaryOf(sameWeek) }), ask(), nine)).toEqual(['b', 'a']);
    const weekBefore = [aTaken({ advisorId: 'a', time: span('2026-11-20T09:00:00+01:00', 30) })];
    expect(whoAt(snapshot({ desk, diary: diaryOf(weekBefore) }), ask(), nine)).toEqual(['a', 'b']);
  });

  it('are the same for one start as for the whole week, and never include an advisor who is occupied', () => {
    const advisors = ['a', 'b', 'c'].map((id) => anAdvisor({ id }));
    const desk = aDesk({ advisors });
    const quarter = fc.integer({ min: 0, max: 4 * 24 * 4 });
    const takenTimes = fc.array(
      fc.record({
        advisorId: fc.constantFrom('a', 'b', 'c'),
        at: quarter,
        minutes: fc.constantFrom(15, 30, 45, 60, 240),
      }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(
        takenTimes,
        fc.constantFrom(15, 30, 45, 60),
        fc.constantFrom(0, 10, 15),
        (times, durationMinutes, bufferMinutes) => {
          const taken: Engagement[] = [];
          for (const { advisorId, at, minutes } of times) {
            const start = WEEK.start + at * 15 * MINUTE;
            const time = { start, end: start + minutes * MINUTE };
            // The database keeps the times of one advisor apart.
            if (!taken.some((other) => other.advisorId === advisorId && overlaps(other.time, time)))
              taken.push(aTaken({ advisorId, time }));
          }
          const query = ask({ topic: aTopic({ durationMinutes, bufferMinutes }) });
          const s = snapshot({ desk, diary: diaryOf(taken) });
          for (const offer of freeSlots(s, query, WEEK)) {
            const [alone] = freeSlots(s, query, { start: offer.time.start, end: offer.time.start + 1 });
            expect(alone).toEqual(offer);
            const blocked = { start: offer.time.start, end: offer.blockedUntil };
            for (const advisor of offer.advisors)
              expect(taken.filter((t) => t.advisorId === advisor.id && overlaps(t.time, blocked))).toEqual([]);
          }
        },
      ),
      { numRuns: cases(60) },
    );
  });

  it('are the same whether the best advisor is named or all advisors are', () => {
    const ids = Array.from({ length: 13 }, (_, i) => `a${i}`);
    const languages = fc.array(fc.subarray(['de', 'en', 'ja'], { minLength: 1 }), { minLength: 13, maxLength: 13 });
    const busy = fc.array(
      fc.record({ advisorId: fc.constantFrom(...ids), slot: fc.integer({ min: 0, max: 15 }), movable: fc.boolean() }),
      { maxLength: 160 },
    );
    const rooms = fc.option(fc.integer({ min: 1, max: 14 }));
    const keeps = fc.option(fc.constantFrom(1, 8, 16));
    fc.assert(
      fc.property(languages, busy, rooms, keeps, (spoken, times, phones, startsPerDay) => {
        const taken = new Map<string, Engagement>();
        for (const { advisorId, slot, movable } of times) {
          const time = span(
            `2026-11-24T${String(9 + (slot >> 1)).padStart(2, '0')}:${slot % 2 ? '30' : '00'}:00+01:00`,
            30,
          );
          taken.set(`${advisorId} ${slot}`, aTaken({ id: `${advisorId} ${slot}`, advisorId, time, movable }));
        }
        const reserve = {
          language: 'ja',
          topicId: null,
          urgent: false,
          startsPerDay: startsPerDay ?? 0,
          releaseWorkingDays: 0,
        };
        const desk = aDesk({
          advisors: ids.map((id, i) => anAdvisor({ id, languages: spoken[i] ?? [], topics: ['residence'] })),
          capacities: phones === null ? {} : { phone: phones },
          reserves: startsPerDay === null ? [] : [reserve],
        });
        const s = snapshot({ desk, diary: diaryOf([...taken.values()]) });
        const query = ask({ mode: 'phone' });
        const [all, best] = (['all', 'best'] as const).map((naming) => freeSlots(s, query, TUESDAY, naming));
        const first = (some: typeof all) => some?.map((slot) => ({ ...slot, advisors: slot.advisors.slice(0, 1) }));
        expect(first(best)).toEqual(first(all));
        for (const { time, advisors } of (all ?? []).filter(({ moves }) => moves.length === 0))
          for (const { id } of advisors)
            expect(taken.has(`${id} ${(time.start - TUESDAY.start) / (30 * MINUTE) - 18}`)).toBe(false);
      }),
      { numRuns: cases(150) },
    );
  });

  it('count how many can be booked one after the other, whoever moves for them, and no more', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const kinds = fc.subarray(['de', 'en', 'ja'], { minLength: 1 });
    const nine = span('2026-11-24T09:00:00+01:00', 30);
    const engaged = fc.array(fc.record({ language: fc.constantFrom('de', 'en', 'ja'), movable: fc.boolean() }), {
      minLength: ids.length,
      maxLength: ids.length,
    });
    const isBusy = fc.array(fc.boolean(), { minLength: ids.length, maxLength: ids.length });
    fc.assert(
      fc.property(fc.array(kinds, { minLength: 5, maxLength: 5 }), engaged, isBusy, (spoken, of, busy) => {
        const advisors = ids.map((id, i) => anAdvisor({ id, languages: spoken[i] ?? [], topics: ['residence'] }));
        const desk = aDesk({ advisors, fixedMinutes: 0 });
        let taken = ids.flatMap((advisorId, i) => {
          const { language = 'de', movable = false } = of[i] ?? {};
          const speaks = spoken[i]?.includes(language);
          return busy[i] && speaks ? [aTaken({ id: advisorId, advisorId, time: nine, language, movable })] : [];
        });
        const at = { start: nine.start, end: nine.start + 1 };
        const offer = () => freeSlots(snapshot({ desk, diary: diaryOf(taken) }), ask(), at)[0];
        for (let left = offer()?.free ?? 0; left > 0; left--) {
          const { free, advisors: able = [], moves = [] } = offer() ?? {};
          expect(free).toBe(left);
          for (const { assignment, to } of moves)
            taken = taken.map((each) => (each.id === assignment.id ? { ...each, advisorId: to } : each));
          const newcomer = { id: `newcomer ${left}`, advisorId: able[0]?.id ?? '', time: nine, movable: true };
          taken = [...taken, aTaken(newcomer)];
          expect(new Set(taken.map(({ advisorId }) => advisorId)).size).toBe(taken.length);
        }
        expect(offer()).toBeUndefined();
      }),
      { numRuns: cases(400) },
    );
  });

  it('never become more when a booking is added', () => {
    const desk = aDesk({ advisors: [german, polyglot] });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 95 }), fc.constantFrom('german', 'polyglot'), (quarter, advisorId) => {
        const start = TUESDAY.start + quarter * 15 * MINUTE;
        const before = freeSlots(snapshot({ desk }), ask(), TUESDAY);
        const after = freeSlots(
          snapshot({ desk, diary: diaryOf([aTaken({ advisorId, time: { start, end: start + 60 * MINUTE } })]) }),
          ask(),
          TUESDAY,
        );
        const free = new Map(before.map((offer) => [offer.time.start, offer.advisors.length]));
        for (const offer of after) expect(offer.advisors.length).toBeLessThanOrEqual(free.get(offer.time.start) ?? 0);
      }),
      { numRuns: cases(60) },
    );
  });
});
