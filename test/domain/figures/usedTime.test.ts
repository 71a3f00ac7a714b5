import { usedTime } from '../../../src/domain/figures/usedTime';
import { aFactCount } from '../../support/figures';

const HUNDRED_HOURS = 6_000;

describe('The use of the offered time', () => {
  it('is what was held, rounded to five per cent', () => {
    const facts = [aFactCount(91), aFactCount(40, { status: 'no_show' }), aFactCount(40, { status: 'cancelled' })];
    expect(usedTime(HUNDRED_HOURS, facts)).toEqual({ offeredHours: 100, usedPercent: 45 });
  });

  it('is rounded more coarsely where five per cent would be fewer than five consultations', () => {
    expect(usedTime(2_000, [aFactCount(30)])).toEqual({ offeredHours: 33, usedPercent: 40 });
    expect(usedTime(500, [aFactCount(10)])).toEqual({ offeredHours: 8, usedPercent: null });
  });

  it('is hidden if fewer than five were held, and 0 if nobody came', () => {
    expect(usedTime(HUNDRED_HOURS, [aFactCount(4)]).usedPercent).toBeNull();
    expect(usedTime(HUNDRED_HOURS, []).usedPercent).toBe(0);
  });
});
