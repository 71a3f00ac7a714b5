import fc from 'fast-check';
import { HOUR, type Interval, MINUTE, overlaps } from '../../../src/domain/calendar/interval';
import { openingDays, openingWindows } from '../../../src/domain/calendar/openingHours';
import { addDays, daysBetween, eachDay, localDate } from '../../../src/domain/calendar/zone';
import type { Advisor, Desk, Reserve } from '../../../src/domain/desk';
import {
  type Assignment,
  type Demand,
  after as having,
  type Room,
  type Roster,
} from '../../../src/domain/slots/assignment';
import { makeRoom } from '../../../src/domain/slots/matching';
import { type ReserveGuard, releasedOn, releasedUntil, reserveGuard } from '../../../src/domain/slots/reserves';
import { rosterOf } from '../../../src/domain/slots/roster';
import { shiftsOf } from '../../../src/domain/slots/shifts';
import { aDesk, anAdvisor, aTopic, NOW, span } from '../../support/builders';
import { cases } from '../../support/cases';
import { closure, hoursWith, opening } from '../calendar/northRhine';

/** Three working days before Tuesday, the first of December, is Thursday; `NOW` is the Tuesday before. */
const TUESDAY = '2026-12-01';
const tuesday = (time: string, minutes = 30) => span(`${TUESDAY}T${time}:00+01:00`, minutes);

const residence = aTopic();
const ukrainian: Reserve = {
  language: 'uk',
  topicId: null,
  urgent: false,
  startsPerDay: 2,
  releaseWorkingDays: 3,
};
const both = anAdvisor({ id: 'both', languages: ['de', 'uk'], topics: ['residence'] });
const german = anAdvisor({ id: 'german', languages: ['de'], topics: ['residence'] });

/** Open on every weekday from nine to `end`. */
function deskOf(part: Partial<Desk> & { end?: string } = {}): Desk {
  const { end = '11:00', ...rest } = part;
  const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', start: '09:00', end }];
  return aDesk({
    topics: [residence],
    advisors: [both],
    reserves: [ukrainian],
    hours: hoursWith([], { rules }),
    ...rest,
  });
}

function knowing(desk: Desk, engagements: readonly Assignment[] = [], now = NOW): Roster {
  const reach = { start: NOW, end: tuesday('09:00').start + 14 * 24 * HOUR };
  const diary = (advisorId: string) =>
    engagements.filter((each) => each.advisorId === advisorId).sort((a, b) => a.time.start - b.time.start);
  const shift = shiftsOf(desk, [], { open: openingWindows(desk.hours, reach), reach });
  return rosterOf({ desk, diary, shift, fixedUntil: now + desk.fixedMinutes * MINUTE });
}

interface Asked {
  readonly language?: string;
  readonly topic?: typeof residence;
  readonly urgent?: boolean;
  readonly advisorId?: string;
}

/** Those who are at other places once somebody has come. */
function changes(demand: Demand, { advisorId, moves }: Room, id = 'newcomer'): Assignment[] {
  const { onlyAdvisorId, ...kind } = demand;
  const newcomer = { ...kind, id, advisorId, movable: onlyAdvisorId === undefined };
  return [...moves.map(({ assignment, to }) => ({ ...assignment, advisorId: to })), newcomer];
}

/** Where nothing is kept, everything is allowed. */
function allows(keeps: ReserveGuard | undefined, changed: readonly Assignment[]): boolean {
  return keeps ? keeps(changed) : true;
}

/** Whether somebody may come at this time, if there is room; null: there is none. */
function mayCome(
  desk: Desk,
  time: Interval,
  asked: Asked = {},
  { engagements = [], now = NOW }: { engagements?: readonly Assignment[]; now?: number } = {},
) {
  const { language = 'de', topic = residence, urgent, advisorId } = asked;
  const roster = knowing(desk, engagements, now);
  const demand = { topicId: topic.id, language, mode: null, onlyAdvisorId: advisorId, time };
  const room = makeRoom(roster, demand);
  return room ? allows(reserveGuard({ desk, now, roster }, { topic, language, urgent }), changes(demand, room)) : null;
}

function engaged(advisorId: string, time: Interval, part: Partial<Assignment> = {}): Assignment {
  return {
    id: `${advisorId} ${time.start}`,
    advisorId,
    time,
    topicId: 'residence',
    language: 'de',
    mode: null,
    movable: true,
    ...part,
  };
}

const FOUR = ['09:00', '09:30', '10:00', '10:30'].map((time) => tuesday(time));
const [NINE, HALF_PAST_NINE, TEN, HALF_PAST_TEN] = FOUR as [Interval, Interval, Interval, Interval];

describe('A reserve', () => {
  it('keeps starts for its language as long as no more than the reserve are left', () => {
    const taken = [engaged('both', NINE)];
    expect(mayCome(deskOf(), NINE)).toBe(true);
    expect(mayCome(deskOf(), HALF_PAST_NINE, {}, { engagements: taken })).toBe(true);
    const half = [...taken, engaged('both', HALF_PAST_NINE)];
    expect(mayCome(deskOf(), TEN, {}, { engagements: half })).toBe(false);
    expect(mayCome(deskOf(), TEN, { language: 'uk' }, { engagements: half })).toBe(true);
  });

  it('is smaller by what its kind has booked already on that day', () => {
    const onTuesday = [engaged('both', NINE, { language: 'uk' }), engaged('both', HALF_PAST_NINE)];
    expect(mayCome(deskOf(), TEN, {}, { engagements: onTuesday })).toBe(true);
    expect(mayCome(deskOf(), TEN, {}, { engagements: [...onTuesday, engaged('both', HALF_PAST_TEN)] })).toBe(false);
    const wednesday = span('2026-12-02T09:00:00+01:00', 30);
    const others = [
      engaged('both', wednesday, { language: 'uk' }),
      engaged('both', NINE),
      engaged('both', HALF_PAST_NINE),
    ];
    expect(mayCome(deskOf(), TEN, {}, { engagements: others })).toBe(false);
  });

  it('does not keep clients from an advisor who could not serve its kind', () => {
    const desk = deskOf({ advisors: [both, german] });
    const engagements = [NINE, HALF_PAST_NINE].map((time) => engaged('both', time, { movable: false }));
    for (const time of FOUR) expect(mayCome(desk, time, {}, { engagements })).toBe(true);
    expect(mayCome(desk, TEN, { advisorId: 'both' }, { engagements })).toBe(false);
    expect(mayCome(desk, NINE, { advisorId: 'german' }, { engagements })).toBe(true);
  });

  it('counts on engagements that can give way to it', () => {
    const desk = deskOf({ advisors: [both, german] });
    const fixed = [NINE, HALF_PAST_NINE].map((time) => engaged('both', time, { movable: false }));
    const coming = engaged('both', TEN);
    expect(mayCome(desk, TEN, {}, { engagements: [...fixed, coming] })).toBe(false);
    const atGerman = engaged('german', TEN, { movable: false });
    expect(mayCome(desk, HALF_PAST_TEN, {}, { engagements: [...fixed, coming, atGerman] })).toBe(true);
    expect(mayCome(desk, HALF_PAST_TEN, { advisorId: 'both' }, { engagements: [...fixed, coming, atGerman] })).toBe(
      false,
    );
  });

  it('is also reduced by a later start for which a longer assignment had to give way', () => {
    const advisors = [both, german];
    const desk = deskOf({ advisors, reserves: [{ ...ukrainian, startsPerDay: 3 }] });
    const engagements = [engaged('both', tuesday('09:30', 60))];
    expect(mayCome(desk, TEN, { advisorId: 'german' }, { engagements })).toBe(false);
    expect(mayCome(desk, NINE, { advisorId: 'german' }, { engagements })).toBe(true);
  });

  it('counts only starts that can all be booked, so of two that overlap one', () => {
    const long = aTopic({ id: 'long', durationMinutes: 50, bufferMinutes: 10 });
    const desk = deskOf({ topics: [residence, long], advisors: [{ ...both, topics: ['residence', 'long'] }] });
    // What is kept are hours: from nine and from ten.
    for (const time of FOUR) expect(mayCome(desk, time)).toBe(false);
    const three = { ...desk, hours: deskOf({ end: '12:00' }).hours };
    expect(mayCome(three, NINE)).toBe(true);
    expect(mayCome(three, HALF_PAST_NINE)).toBe(true);
    expect(mayCome(three, TEN)).toBe(true);
    // An hour from ten and one from eleven are all that is left then.
    expect(mayCome({ ...three, reserves: [{ ...ukrainian, startsPerDay: 3 }] }, HALF_PAST_NINE)).toBe(false);
  });

  it('allows no further reduction once too little is left', () => {
    const desk = deskOf({ reserves: [{ ...ukrainian, startsPerDay: 9 }] });
    for (const time of FOUR) expect(mayCome(desk, time)).toBe(false);
    expect(mayCome({ ...desk, advisors: [both, german] }, NINE, { advisorId: 'german' })).toBe(true);
  });

  it('can be for a topic, and for a topic and a language together', () => {
    const career = aTopic({ id: 'career' });
    const advisors = [{ ...both, topics: ['residence', 'career'] }];
    const desk = (part: Partial<Reserve>) =>
      deskOf({ topics: [residence, career], advisors, reserves: [{ ...ukrainian, startsPerDay: 4, ...part }] });
    const forCareer = desk({ language: null, topicId: 'career' });
    expect([mayCome(forCareer, NINE), mayCome(forCareer, NINE, { topic: career })]).toEqual([false, true]);
    const forBoth = desk({ topicId: 'career' });
    expect(mayCome(forBoth, NINE, { topic: career })).toBe(false);
    expect(mayCome(forBoth, NINE, { language: 'uk' })).toBe(false);
    expect(mayCome(forBoth, NINE, { language: 'uk', topic: career })).toBe(true);
  });

  it('for urgent matters is kept for bookings that staff call urgent', () => {
    const desk = deskOf({
      advisors: [german],
      reserves: [{ ...ukrainian, language: null, urgent: true, startsPerDay: 4 }],
    });
    expect(mayCome(desk, NINE)).toBe(false);
    expect(mayCome(desk, NINE, { urgent: false })).toBe(false);
    expect(mayCome(desk, NINE, { urgent: true })).toBe(true);
    const one = { ...desk, reserves: [{ ...ukrainian, language: null, urgent: true, startsPerDay: 1 }] };
    const three = [NINE, HALF_PAST_NINE].map((time) => engaged('german', time));
    expect(mayCome(one, TEN, {}, { engagements: [...three, engaged('german', HALF_PAST_TEN)] })).toBe(false);
    const calmed = [...three, engaged('german', HALF_PAST_TEN, { urgent: true })];
    expect(mayCome(one, TEN, {}, { engagements: calmed })).toBe(true);
  });

  it('is checked together with all others of the desk', () => {
    const urgent = { ...ukrainian, language: null, urgent: true, startsPerDay: 4 };
    const desk = deskOf({ reserves: [ukrainian, urgent] });
    expect(mayCome(desk, NINE, { language: 'uk' })).toBe(false);
    expect(mayCome(desk, NINE, { language: 'uk', urgent: true })).toBe(true);
  });

  it('that no advisor can serve any more keeps nothing', () => {
    for (const time of FOUR) expect(mayCome(deskOf({ advisors: [german] }), time)).toBe(true);
  });

  it('is not looked up in the roster if it does not matter', () => {
    const unasked = () => {
      throw new Error('asked');
    };
    const roster = { suitable: unasked, engaged: unasked, mayMove: unasked } as unknown as Roster;
    const coming = [engaged('both', NINE)];
    const keeps = (desk: Desk, language = 'de') =>
      allows(reserveGuard({ desk, now: NOW, roster }, { topic: residence, language }), coming);
    expect(keeps(deskOf({ reserves: [] }))).toBe(true);
    expect(keeps(deskOf(), 'uk')).toBe(true);
    expect(keeps(deskOf({ reserves: [{ ...ukrainian, releaseWorkingDays: 60 }] }))).toBe(true);
    expect(() => keeps(deskOf())).toThrow('asked');
  });
});

describe('The release of reserves', () => {
  const at = (date: string) => Date.parse(`${date}T08:00:00+01:00`);
  const until = (date: string, releaseWorkingDays: number, ...exceptions: Parameters<typeof hoursWith>[0] & object) =>
    releasedUntil(hoursWith(exceptions), at(date), { releaseWorkingDays });

  it('comes so many working days before, not counting weekends', () => {
    // Before Tuesday lie Monday, Friday, Thursday.
    expect(until('2026-11-25', 3) < TUESDAY).toBe(true);
    expect(until('2026-11-26', 3)).toBe(TUESDAY);
    expect(until('2026-11-28', 3)).toBe('2026-12-02');
    expect(until('2026-11-29', 3)).toBe('2026-12-02');
    expect(until('2026-11-30', 3)).toBe('2026-12-03');
    expect(until('2026-11-30', 0)).toBe('2026-11-30');
  });

  it('does not count holidays, nor days on which the desk is closed as an exception, but special openings', () => {
    // Christmas 2026: Friday the 25th and Saturday the 26th are holidays.
    expect(until('2026-12-23', 2)).toBe('2026-12-28');
    expect(until('2026-12-23', 2, closure('2026-12-28', '2026-12-29'))).toBe('2026-12-29');
    expect(until('2026-12-23', 2, opening('2026-12-27', '2026-12-28', '10:00-12:00'))).toBe('2026-12-27');
  });

  it('follows its definition for any hours', () => {
    const day = fc.integer({ min: 0, max: 30 }).map((n) => addDays('2026-12-10', n));
    const exceptions = fc.array(
      fc
        .record({ from: day, days: fc.integer({ min: 1, max: 6 }), closed: fc.boolean() })
        .map(({ from, days, closed }) =>
          closed ? closure(from, addDays(from, days)) : opening(from, addDays(from, days), '10:00-11:00'),
        ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(exceptions, day, fc.integer({ min: 0, max: 6 }), (changed, today, releaseWorkingDays) => {
        const hours = hoursWith(changed);
        const last = releasedUntil(hours, at(today), { releaseWorkingDays });
        const open = openingDays(hours, addDays(today, -40), addDays(today, 60))
          .filter(({ windows }) => windows.length > 0)
          .map(({ date }) => date);
        for (const date of open.filter((each) => each >= today && daysBetween(today, each) < 20)) {
          const before = open.filter((each) => each < date);
          const release = releaseWorkingDays === 0 ? date : before[before.length - releaseWorkingDays];
          expect([date, date <= last]).toEqual([date, today >= (release ?? '')]);
          if (release) expect(releasedOn(hours, date, { releaseWorkingDays })).toBe(release);
        }
      }),
      { numRuns: cases(200) },
    );
  });

  it('gives all clients the reserved starts from the beginning of that day in the desk’s zone', () => {
    const engagements = [engaged('both', NINE), engaged('both', HALF_PAST_NINE)];
    const may = (now: string) => mayCome(deskOf(), TEN, {}, { engagements, now: Date.parse(now) });
    expect(may('2026-11-25T23:59:59+01:00')).toBe(false);
    expect(may('2026-11-26T00:00:00+01:00')).toBe(true);
  });

  it('of a desk that hardly ever opens lies before every searchable day', () => {
    const rules = [{ rrule: 'FREQ=YEARLY', start: '09:00', end: '10:00', from: '2026-12-01' }];
    const last = releasedUntil(hoursWith([], { rules, holidays: null }), NOW, { releaseWorkingDays: 60 });
    expect(daysBetween(localDate(NOW, 'Europe/Berlin'), last)).toBeGreaterThan(2 * 366);
    expect(eachDay(TUESDAY, last).length).toBeGreaterThan(700);
  });
});

describe('The decision of a reserve', () => {
  /** A small desk on one day: up to four advisors, half hours, whoever is there can do what they have. */
  const small = fc
    .record({
      spoken: fc.array(fc.subarray(['de', 'uk', 'ar'], { minLength: 1 }), { minLength: 1, maxLength: 4 }),
      queries: fc.array(
        fc.record({
          language: fc.constantFrom('de', 'de', 'ar', 'uk'),
          at: fc.integer({ min: 0, max: 3 }),
          who: fc.nat(),
          movable: fc.boolean(),
        }),
        { minLength: 2, maxLength: 9 },
      ),
      startsPerDay: fc.integer({ min: 2, max: 5 }),
      grid: fc.constantFrom(30, 15),
    })
    .map(({ spoken, queries, startsPerDay, grid }) => {
      const advisors = spoken.map((languages, i) => anAdvisor({ id: `a${i}`, languages, topics: ['residence'] }));
      const desk = deskOf({ advisors, gridMinutes: grid, reserves: [{ ...ukrainian, startsPerDay }] });
      const engagements: Assignment[] = [];
      for (const [i, { language, at, who, movable }] of queries.entries()) {
        const time = FOUR[at] as Interval;
        const able = advisors.filter(
          (each) =>
            each.languages.includes(language) &&
            !engagements.some((e) => e.advisorId === each.id && overlaps(e.time, time)),
        );
        const advisor = able[who % Math.max(1, able.length)];
        if (advisor) engagements.push(engaged(advisor.id, time, { id: `e${i}`, language, movable }));
      }
      return { desk, engagements };
    });

  it('is the one found by trying every assignment and every set of starts', () => {
    const seen = { yes: 0, no: 0 };
    fc.assert(
      fc.property(small, fc.constantFrom('de', 'ar'), ({ desk, engagements }, language) => {
        const roster = knowing(desk, engagements);
        const keeps = reserveGuard({ desk, now: NOW, roster }, { topic: residence, language });
        for (const time of startsOf(desk)) {
          const demand = { topicId: 'residence', language, mode: null, time };
          const room = makeRoom(roster, demand);
          if (!room) continue;
          const changed = changes(demand, room);
          const ids = new Set(changed.map(({ id }) => id));
          const then = [...engagements.filter(({ id }) => !ids.has(id)), ...changed];
          const expected = isEnough(desk, engagements, then);
          expect([time, allows(keeps, changed)]).toEqual([time, expected]);
          seen[expected ? 'yes' : 'no']++;
        }
      }),
      { numRuns: 800, seed: 3 },
    );
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200);
  });

  it('leaves the reserved starts bookable for its kind, whoever came before', () => {
    fc.assert(
      fc.property(small, ({ desk: { gridMinutes: _any, ...of }, engagements }) => {
        const desk = { ...of, gridMinutes: 30 };
        const [reserve] = desk.reserves;
        const possible = (roster: Roster) =>
          FOUR.filter((time) => makeRoom(roster, { topicId: null, language: 'uk', mode: null, time }));
        const booked = engagements.filter((each) => each.language === 'uk').length;
        let now = knowing(desk, engagements);
        const wanted = Math.min(possible(now).length, (reserve?.startsPerDay ?? 0) - booked);
        for (let came = 0; came < 40; came++) {
          const language = came % 2 ? 'de' : 'ar';
          const demand = { topicId: 'residence', language, mode: null, time: FOUR[came % 4] as Interval };
          const room = makeRoom(now, demand);
          const changed = room && changes(demand, room, `newcomer ${came}`);
          if (changed && allows(reserveGuard({ desk, now: NOW, roster: now }, { topic: residence, language }), changed))
            now = having(now, changed);
        }
        let had = 0;
        for (const time of possible(now)) {
          const demand = { topicId: null, language: 'uk', mode: null, time };
          const room = makeRoom(now, demand);
          if (room) now = having(now, changes(demand, room, `kept ${++had}`));
        }
        expect(had).toBeGreaterThanOrEqual(wanted);
      }),
      { numRuns: cases(100) },
    );
  });
});

/** Starts of the Tuesday on the desk's grid. */
function startsOf({ gridMinutes }: Desk): Interval[] {
  const [first, last] = [NINE.start, HALF_PAST_TEN.start];
  const count = (last - first) / (gridMinutes * MINUTE) + 1;
  return Array.from({ length: count }, (_, i) => {
    const start = first + i * gridMinutes * MINUTE;
    return { start, end: start + 30 * MINUTE };
  });
}

/** The rule, word for word. */
function isEnough(desk: Desk, before: readonly Assignment[], then: readonly Assignment[]): boolean {
  const needed = (desk.reserves[0]?.startsPerDay ?? 0) - before.filter(({ language }) => language === 'uk').length;
  const free = (engagements: readonly Assignment[]) =>
    startsOf(desk).filter((time) => isRoom(desk.advisors, engagements, { language: 'uk', time }));
  const left = free(then);
  return needed <= 0 || left.length === free(before).length || mostApart(left) >= needed;
}

/** Tries every assignment. */
function isRoom(
  advisors: readonly Advisor[],
  engagements: readonly Assignment[],
  { language, time }: { language: string; time: Interval },
): boolean {
  const settle = (waiting: readonly Assignment[], placed: readonly Assignment[]): boolean => {
    const [next, ...others] = waiting;
    if (!next) return true;
    return advisors.some(
      ({ id, languages }) =>
        (next.movable ? languages.includes(next.language ?? '') : id === next.advisorId) &&
        !placed.some((each) => each.advisorId === id && overlaps(each.time, next.time)) &&
        settle(others, [...placed, { ...next, advisorId: id }]),
    );
  };
  return settle([...engagements, engaged('nobody', time, { language })], []);
}

/** Tries every set. */
function mostApart(starts: readonly Interval[]): number {
  const [first, ...others] = starts;
  if (!first) return 0;
  return Math.max(mostApart(others), 1 + mostApart(others.filter((each) => !overlaps(each, first))));
}
