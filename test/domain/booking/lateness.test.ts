import type { Status } from '../../../src/domain/booking/booking';
import { minutesLate, sayLate } from '../../../src/domain/booking/lateness';
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

describe('A client says that they come later', () => {
  const booking = aBooking({ status: 'confirmed' });
  const by = (minutes: number) => ({ by: { kind: 'client' }, now: booking.time.start + minutes * MINUTE }) as const;

  it('which is recorded, and can be said anew or taken back', () => {
    const said = sayLate(booking, 15, by(-20));
    expect(said).toMatchObject({ booking: { lateMinutes: 15 }, event: { type: 'late', reason: '+15' } });
    expect(sayLate(said.booking, 15, by(-10)).event).toBeNull();
    expect(sayLate(said.booking, null, by(-10))).toMatchObject({
      booking: { lateMinutes: null, time: booking.time },
      event: { type: 'late', reason: '+0' },
    });
  });

  it.each([
    [-121, 'not-started'],
    [30, 'over'],
  ])('neither too early nor when it is over: %i minutes', (minutes, why) => {
    expect(() => sayLate(booking, 5, by(minutes))).toThrow(
      expect.objectContaining({ code: 'booking-not-changeable', details: expect.objectContaining({ why }) }),
    );
  });
});
