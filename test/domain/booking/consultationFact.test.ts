import { consultationFact, personsOf } from '../../../src/domain/booking/consultationFact';
import { HOUR } from '../../../src/domain/calendar/interval';
import { aBooking, aClient, span, TUESDAY_NINE } from '../../support/builders';

const ZONE = { timeZone: 'Europe/Berlin' };
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
      isCancelledLate: false,
      isGivenBack: false,
      reminded: null,
      attendees: 1,
      persons: 1,
      onBehalf: false,
      ...{ isFollowUp: false, referredTo: null, group: null },
      waitingDays: 7,
      minutes: 30,
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

  it.each([
    ['by the client less than a day before', { at: TUESDAY_NINE.start - 24 * HOUR + 1, byClient: true }, true],
    ['by the client a day before', { at: TUESDAY_NINE.start - 24 * HOUR, byClient: true }, false],
    ['by the desk, however late', { at: TUESDAY_NINE.start - HOUR, byClient: false }, false],
    ['nobody knows when', undefined, false],
  ])('tells whether it was cancelled late: %s', (_, cancellation, isCancelledLate) => {
    const cancelled = aBooking({ status: 'cancelled', time: TUESDAY_NINE });
    expect(consultationFact(cancelled, { ...ZONE, cancellation })).toMatchObject({ isCancelledLate });
  });

  it('tells which reminder went out last before it was missed or given back', () => {
    const { start } = TUESDAY_NINE;
    const reminders = [
      { daysBefore: 0, at: start - HOUR },
      { daysBefore: 2, at: start - 48 * HOUR },
    ];
    const cancelled = aBooking({ status: 'cancelled', time: TUESDAY_NINE });
    const reminded = (hoursBefore: number) =>
      consultationFact(cancelled, {
        ...{ ...ZONE, reminders },
        cancellation: { at: start - hoursBefore * HOUR, byClient: hoursBefore !== 50 },
      });
    expect(reminded(50)).toMatchObject({ reminded: null, isGivenBack: false });
    expect(reminded(3)).toMatchObject({ reminded: 2, isGivenBack: true });
    expect(consultationFact(aBooking({ status: 'no_show' }), { ...ZONE, reminders })).toMatchObject({
      ...{ reminded: 0, isGivenBack: false },
    });
  });

  it('counts the persons of one address once, and those more who come along later', () => {
    const held = (id: string, hours: number, attendees: number, email: string | null) => {
      const time = { start: TUESDAY_NINE.start + hours * HOUR, end: TUESDAY_NINE.end + hours * HOUR };
      return aBooking({ id, time, attendees, client: aClient({ email, phone: null }) });
    };
    const all = [
      held('third', 3, 3, 'kim@client.example'),
      held('first', 1, 2, 'Kim@client.example'),
      held('second', 2, 1, 'kim@client.example'),
      held('nobody', 1, 1, null),
      held('nobody else', 2, 1, null),
    ];
    expect(Object.fromEntries(personsOf(all))).toEqual({
      ...{ first: 2, second: 0, third: 1 },
      ...{ nobody: 1, 'nobody else': 1 },
    });
  });
});
