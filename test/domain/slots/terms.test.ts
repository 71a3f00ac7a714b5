import fc from 'fast-check';
import { outsideHours } from '../../../src/domain/booking/outsideHours';
import { addDays, DAY } from '../../../src/domain/calendar/dates';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { startOfDay } from '../../../src/domain/calendar/zone';
import type { Absence, Advisor } from '../../../src/domain/desk';
import { freeSlots, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { aDesk, anAdvisor, aTopic, diaryOf } from '../../support/builders';
import { cases } from '../../support/cases';

const ZONE = 'Europe/Berlin';
const FIRST = '2027-03-22';
const START = startOfDay(FIRST, ZONE);
/** The clocks go forward in it. */
const RANGE = { start: START, end: START + 14 * DAY };
const MORNINGS = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,WE', start: '09:00', end: '12:00' }];

const day = fc.integer({ min: -2, max: 16 }).map((n) => addDays(FIRST, n));
const person = fc.record({
  from: fc.option(day, { nil: undefined }),
  until: fc.option(day, { nil: undefined }),
  partTime: fc.boolean(),
});

/** The same as an absence on all days on which they are not there. */
function absentOtherwise({ id, from, until }: Advisor): Absence[] {
  const away = (start: number, end: number, part: string) => ({
    ...{ id: `${id} ${part}`, advisorId: id, time: { start, end }, reason: null },
  });
  return [
    ...(from === undefined ? [] : [away(START - 30 * DAY, startOfDay(from, ZONE), 'before')]),
    ...(until === undefined ? [] : [away(startOfDay(until, ZONE), START + 60 * DAY, 'after')]),
  ];
}

describe('An advisor’s first and last day', () => {
  it('bound what is offered as absences before and after them would, and what is outside as well', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 3 }), fc.nat(200), (people, at) => {
        const bounded = people.map(({ from, until, partTime }, i) =>
          anAdvisor({
            id: `a${i}`,
            workingRules: partTime ? MORNINGS : [],
            ...(from !== undefined && { from }),
            ...(until !== undefined && { until }),
          }),
        );
        const unbounded = bounded.map(({ from: _f, until: _u, ...advisor }) => advisor);
        const absences = bounded.flatMap(absentOtherwise);
        const now = START - 2 * DAY;
        const given = (advisors: Advisor[], away: Absence[]): Snapshot => ({
          ...{ desk: aDesk({ advisors }), absences: away, diary: diaryOf([]), now },
        });
        const offered = (snapshot: Snapshot) =>
          freeSlots(snapshot, { topic: aTopic(), language: 'de', audience: 'client' }, RANGE).map(
            ({ time, advisors }) => [time.start, advisors.map(({ id }) => id)],
          );
        expect(offered(given(bounded, []))).toEqual(offered(given(unbounded, absences)));

        const time = { start: START + at * 90 * MINUTE, end: START + at * 90 * MINUTE + 30 * MINUTE };
        const bookings = bounded.map(({ id }) => ({ advisorId: id, time, mode: 'video' as const }));
        const outside = (advisors: Advisor[], away: Absence[]) =>
          outsideHours({ desk: aDesk({ advisors }), absences: away }, bookings).map(({ booking }) => booking);
        expect(outside(bounded, [])).toEqual(outside(unbounded, absences));
      }),
      { numRuns: cases(100) },
    );
  });

  it('are the first day that counts and the first that does not', () => {
    const advisor = anAdvisor({ from: '2027-03-23', until: '2027-03-25' });
    const snapshot = { desk: aDesk({ advisors: [advisor] }), absences: [], diary: diaryOf([]), now: START - DAY };
    const free = freeSlots(snapshot, { topic: aTopic(), language: 'de', audience: 'client' }, RANGE);
    expect([...new Set(free.map(({ time }) => new Date(time.start).toISOString().slice(0, 10)))]).toEqual([
      '2027-03-23',
      '2027-03-24',
    ]);
  });
});
