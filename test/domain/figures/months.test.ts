import {
  addMonths,
  eachMonth,
  isMonth,
  lastMonthOver,
  monthInterval,
  monthOfWeek,
} from '../../../src/domain/figures/months';

describe('The months of figures', () => {
  it('go on over the turn of the year, both ways', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-05', -17)]).toEqual([
      '2027-01',
      '2025-12',
      '2024-12',
    ]);
    expect(eachMonth('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(eachMonth('2026-11', '2026-10')).toEqual([]);
  });

  it('are over at midnight on the desk’s clock', () => {
    const midnight = Date.parse('2026-12-01T00:00:00+01:00');
    expect([midnight - 1, midnight].map((at) => lastMonthOver(at, 'Europe/Berlin'))).toEqual(['2026-10', '2026-11']);
    expect(monthInterval('2026-10', 'Europe/Berlin')).toEqual({
      start: Date.parse('2026-10-01T00:00:00+02:00'),
      end: Date.parse('2026-11-01T00:00:00+01:00'),
    });
  });

  it.each([
    ['2026-W48', '2026-11'],
    ['2026-W49', '2026-12'],
    ['2026-W53', '2027-01'],
    ['2027-W01', '2027-01'],
    ['2026-W01', '2026-01'],
  ])('have the weeks whose Sunday they have: %s is of %s', (week, month) => {
    expect(monthOfWeek(week)).toBe(month);
  });

  it.each(['2026-13', '2026-00', '26-01', '2026-1', '0000-01', '2026-01-01', ''])('are not written as "%s"', (text) => {
    expect(isMonth(text)).toBe(false);
  });
});
