import { readDay } from '../../../src/domain/booking/searchDay';

/** A Tuesday. */
const TODAY = '2026-12-01';

describe('readDay', () => {
  it.each([
    ['heute', '2026-12-01', ''],
    ['tomorrow', '2026-12-02', ''],
    ['gestern', '2026-11-30', ''],
    ['di', '2026-12-01', ''],
    ['Mo', '2026-12-07', ''],
    ['thursday', '2026-12-03', ''],
    ['do.', '2026-12-03', ''],
    ['4.12.', '2026-12-04', ''],
    ['4.12', '2026-12-04', ''],
    ['04.12.2027', '2027-12-04', ''],
    ['2026-12-24', '2026-12-24', ''],
    ['15.11.', '2026-11-15', ''],
    ['15.1.', '2027-01-15', ''],
    ['olena fr', '2026-12-04', 'olena'],
    ['4.12. olena koval', '2026-12-04', 'olena koval'],
  ])('reads %j as %s, and looks for %j on it', (typed, day, rest) => {
    expect(readDay(typed, TODAY)).toEqual({ day, rest });
  });

  it.each(['', 'olena', '31.2.', '29.2.', '4567', '0211', '99.99.', 'K7MQ-4XWT'])('finds no day in %j', (typed) => {
    expect(readDay(typed, TODAY)).toEqual({ day: null, rest: typed });
  });
});
