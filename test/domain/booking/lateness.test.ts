import type { Status } from '../../../src/domain/booking/booking';
import { minutesLate } from '../../../src/domain/booking/lateness';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { aBooking } from '../../support/builders';

const late = (status: Status, minutes: number) => {
  const booking = aBooking({ status });
  return minutesLate(booking, booking.time.start + minutes * MINUTE);
};

describe('A client is late', () => {
  it('from five minutes after the start until the end, in whole minutes', () => {
    expect([-1, 0, 4.9, 5, 12.9, 29, 30].map((minutes) => late('confirmed', minutes))).toEqual([
      ...[null, null, null, 5, 12, 29, null],
    ]);
  });

  it.each<[Status, number | null]>([
    ['requested', 12],
    ['confirmed', 12],
    ['checked_in', null],
    ['completed', null],
    ['no_show', null],
    ['cancelled', null],
  ])('only while they are awaited: %s', (status, minutes) => {
    expect(late(status, 12)).toBe(minutes);
  });
});
