import { consultationFact } from '../../../src/domain/booking/consultationFact';
import { aBooking, span } from '../../support/builders';

const ZONE = 'Europe/Berlin';
const booking = (start: string, createdAt: string) =>
  aBooking({ time: span(start, 30), createdAt: Date.parse(createdAt), status: 'no_show' });

describe('The fact that is kept of a booking for statistics', () => {
  it('contains codes and a month, and nothing personal', () => {
    expect(consultationFact(booking('2026-12-01T09:00:00+01:00', '2026-11-24T10:00:00+01:00'), ZONE)).toEqual({
      deskId: 'expat-desk',
      month: '2026-12',
      topicId: 'residence',
      language: 'en',
      mode: 'in_person',
      source: 'web',
      status: 'no_show',
      attendees: 1,
      onBehalf: false,
      waitingDays: 7,
    });
  });

  it.each([
    ['the month on the desk’s clock', '2026-12-01T00:15:00+01:00', '2026-11-30T23:50:00+01:00', '2026-12', 1],
    ['days of the calendar, not of 24 hours', '2026-12-02T09:00:00+01:00', '2026-12-01T23:59:00+01:00', '2026-12', 1],
    ['no day for a walk-in', '2026-12-01T09:00:00+01:00', '2026-12-01T09:05:00+01:00', '2026-12', 0],
    ['a day over the change of clocks', '2026-03-29T23:00:00+02:00', '2026-03-28T23:30:00+01:00', '2026-03', 1],
    [
      'none for one that was entered afterwards',
      '2026-12-01T09:00:00+01:00',
      '2026-12-09T09:00:00+01:00',
      '2026-12',
      0,
    ],
  ])('counts %s', (_, start, createdAt, month, waitingDays) => {
    expect(consultationFact(booking(start, createdAt), ZONE)).toMatchObject({ month, waitingDays });
  });

  it('says that a person booked for another, but not who', () => {
    const onBehalfOf = { organisation: 'Firma', name: 'Kim' };
    expect(consultationFact(aBooking({ onBehalfOf }), ZONE).onBehalf).toBe(true);
  });
});
