import fc from 'fast-check';
import type { Hours, HoursException, LocalDate, WindowKind } from '../../../src/domain/calendar/hours';
import { bookableDayAfter, openDayAfter } from '../../../src/domain/calendar/workingDays';
import { addDays } from '../../../src/domain/calendar/zone';
import { cases } from '../../support/cases';
import { BERLIN, closure, hoursWith, local, nextDay, opening, pause } from './northRhine';

const NORTH_RHINE = hoursWith();
const special = (date: LocalDate, kind: WindowKind): HoursException => ({
  ...opening(date, nextDay(date)),
  windows: [{ ...local('09:00-12:00'), kind }],
});

describe('The working days after a day', () => {
  it.each([
    // Friday, 22 January: two open days later is Tuesday.
    ['2027-01-22', 0, '2027-01-22'],
    ['2027-01-22', 1, '2027-01-25'],
    ['2027-01-22', 2, '2027-01-26'],
    // The day itself does not count, whether it is open (Monday) or not (Sunday).
    ['2027-01-24', 1, '2027-01-25'],
    ['2027-01-25', 1, '2027-01-26'],
    // Good Friday and Easter Monday.
    ['2027-03-25', 1, '2027-03-30'],
    // Over the turn of the year: Christmas and New Year fall on Fridays, so Monday the 28th is the first.
    ['2026-12-24', 1, '2026-12-28'],
    ['2026-12-24', 5, '2027-01-04'],
    // The clocks go back on Sunday, 31 October, and Monday is All Saints' Day.
    ['2027-10-29', 1, '2027-11-02'],
  ])('are from %s, %i: %s', (today, count, expected) => {
    expect(bookableDayAfter(NORTH_RHINE, today, count)).toBe(expected);
    expect(openDayAfter(NORTH_RHINE, today, count)).toBe(expected);
  });

  it('follow the exceptions: closures do not count, special openings do, pauses matter only where nothing is left', () => {
    const secondAfter = (...exceptions: HoursException[]) => bookableDayAfter(hoursWith(exceptions), '2027-01-22', 2);
    expect(secondAfter(closure('2027-01-25', '2027-01-26'))).toBe('2027-01-27');
    expect(secondAfter(opening('2027-01-23', '2027-01-24', '10:00-11:00'))).toBe('2027-01-25');
    expect(secondAfter(pause('2027-01-25', '2027-01-26', '10:00-11:00'))).toBe('2027-01-26');
    expect(secondAfter(pause('2027-01-25', '2027-01-26', '09:00-17:00'))).toBe('2027-01-27');
  });

  it('are for bookings only those with a window by appointment or by phone', () => {
    const hours = hoursWith([special('2027-01-25', 'walk_in'), special('2027-01-26', 'phone')]);
    expect([1, 2].map((count) => openDayAfter(hours, '2027-01-22', count))).toEqual(['2027-01-25', '2027-01-26']);
    expect([1, 2].map((count) => bookableDayAfter(hours, '2027-01-22', count))).toEqual(['2027-01-26', '2027-01-27']);
  });

  it('do not include a day whose only window falls into the hour that the clocks leave out', () => {
    const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '02:00', end: '03:00' }];
    const nights = hoursWith([], { rules, holidays: null });
    expect(bookableDayAfter(nights, '2027-03-21', 1)).toBe('2027-04-04');
    expect(bookableDayAfter(nights, '2027-10-24', 1)).toBe('2027-10-31');
  });

  it('end with the days that are searched at a desk that does not open any more', () => {
    expect(bookableDayAfter(hoursWith([], { rules: [] }), '2027-01-22', 1)).toBe('2030-01-24');
  });

  describe('as counted day by day', () => {
    const FROM = '2027-03-15';
    const DAYS = 60;
    /** The public holidays until October, as the calendar of the Land has them; the clocks go forward on 28 March. */
    const HOLIDAYS = ['2027-03-26', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-17', '2027-05-27'];
    type Change = 'closed' | WindowKind;
    const change = fc.tuple(
      fc.integer({ min: 0, max: DAYS }).map((n) => addDays(FROM, n)),
      fc.constantFrom<Change>('closed', 'closed', 'appointment', 'walk_in', 'phone'),
    );
    const weekdays = fc.uniqueArray(fc.constantFrom<number>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 });
    const NAMES = ['', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

    function hoursOf(days: readonly number[], changes: readonly (readonly [LocalDate, Change])[]): Hours {
      const rrule = `FREQ=WEEKLY;BYDAY=${days.map((day) => NAMES[day]).join(',')}`;
      const exceptions = changes.map(([date, what]) =>
        what === 'closed' ? closure(date, nextDay(date)) : special(date, what),
      );
      return { timeZone: BERLIN, holidays: 'DE-NW', rules: [{ rrule, start: '09:00', end: '17:00' }], exceptions };
    }

    it('are the same', () => {
      const asked = fc.record({
        days: weekdays,
        changes: fc.array(change, { maxLength: 12 }),
        start: fc.integer({ min: 0, max: 20 }),
        count: fc.integer({ min: 0, max: 15 }),
      });
      fc.assert(
        fc.property(asked, ({ days, changes, start, count }) => {
          const last = new Map(changes);
          const kindOn = (date: LocalDate): Change => {
            const weekday = new Date(`${date}T00:00Z`).getUTCDay() || 7;
            const usual = days.includes(weekday) && !HOLIDAYS.includes(date) ? 'appointment' : 'closed';
            return last.get(date) ?? usual;
          };
          const count1by1 = (counts: (kind: Change) => boolean) => {
            let date = addDays(FROM, start);
            for (let left = count; left > 0; ) {
              date = nextDay(date);
              if (counts(kindOn(date))) left--;
            }
            return date;
          };
          const hours = hoursOf(days, changes);
          const today = addDays(FROM, start);
          const bookable = count1by1((kind) => kind === 'appointment' || kind === 'phone');
          fc.pre(bookable < '2027-10-03');
          expect(bookableDayAfter(hours, today, count)).toBe(bookable);
          expect(openDayAfter(hours, today, count)).toBe(count1by1((kind) => kind !== 'closed'));
        }),
        { numRuns: cases(300) },
      );
    });
  });
});
