import fc from 'fast-check';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { addDays, localDate } from '../../../src/domain/calendar/zone';
import {
  daysToRemindOf,
  isRemindedOf,
  type Reminder,
  reminderDueFor,
} from '../../../src/domain/notifications/reminders';
import { aBooking, span } from '../../support/builders';
import { cases } from '../../support/cases';

const ZONE = 'Europe/Berlin';
const REMINDERS: readonly Reminder[] = [
  { daysBefore: 2, at: '09:00' },
  { daysBefore: 0, at: '07:30' },
];
const at = (text: string) => Date.parse(text);
const due = (date: string, now: number, reminders = REMINDERS) =>
  reminderDueFor(date, { reminders, timeZone: ZONE, now })?.daysBefore ?? null;

describe('The reminder that is due', () => {
  it.each([
    ['2026-11-29T08:59:59+01:00', null],
    ['2026-11-29T09:00:00+01:00', 2],
    ['2026-11-29T09:15:00+01:00', 2],
    ['2026-12-01T07:29:59+01:00', null],
    ['2026-12-01T07:30:00+01:00', 0],
  ])('for Tuesday, at %s, is %p', (now, daysBefore) => {
    expect(due('2026-12-01', at(now))).toBe(daysBefore);
  });

  it.each([
    ['in the evening', '2026-11-29T19:59:00+01:00', 2],
    ['not at night', '2026-11-29T20:00:00+01:00', null],
    ['not before eight', '2026-11-30T07:59:00+01:00', null],
    ['the next day', '2026-11-30T08:00:00+01:00', 2],
    ['not beside a later one', '2026-12-01T09:00:00+01:00', 0],
  ])('is made up for after a standstill: %s', (_, now, daysBefore) => {
    expect(due('2026-12-01', at(now))).toBe(daysBefore);
  });

  it('is counted in calendar days of the desk, over a change of its clocks', () => {
    expect(due('2027-03-29', at('2027-03-27T08:00:00Z'))).toBe(2);
    expect(due('2027-03-29', at('2027-03-27T07:59:59Z'))).toBeNull();
    expect(due('2027-03-29', at('2027-03-29T05:30:00Z'))).toBe(0);
    expect(due('2026-10-26', at('2026-10-24T07:00:00Z'))).toBe(2);
    const atNight = [{ daysBefore: 0, at: '02:30' }];
    expect(due('2027-03-28', at('2027-03-28T01:30:00Z'), atNight)).toBe(0);
  });

  it('is asked for the days up to the earliest reminder', () => {
    expect(daysToRemindOf(REMINDERS, '2026-12-01')).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    expect(daysToRemindOf([], '2026-12-01')).toEqual([]);
  });

  it('is found in some minute of its day, whichever it is, and never before its time', () => {
    const minuteOfYear = fc.integer({ min: 0, max: 365 * 24 * 60 });
    fc.assert(
      fc.property(minuteOfYear, fc.integer({ min: 0, max: 5 }), (minute, daysBefore) => {
        const now = at('2026-12-01T00:00:00Z') + minute * MINUTE;
        const date = addDays(localDate(now, ZONE), daysBefore);
        const found = reminderDueFor(date, { reminders: [{ daysBefore, at: '12:00' }], timeZone: ZONE, now });
        const isPast = now >= (found?.time ?? Number.POSITIVE_INFINITY);
        expect(found === null || isPast).toBe(true);
        if (found) expect(now - found.time).toBeLessThan(DAY);
      }),
      { numRuns: cases(500) },
    );
  });
});

describe('The client of a booking', () => {
  const time = at('2026-11-29T09:00:00+01:00');
  const asked = { time, now: time };
  const booking = aBooking();
  const event = (type: 'booked' | 'moved' | 'restored' | 'corrected', when: number, from?: number) => ({
    ...{ type, bookingId: booking.id, at: when, by: { kind: 'client' as const }, reason: null },
    from: from === undefined ? null : { time: { start: from, end: from + HOUR }, advisorId: 'a1' },
  });
  const early = event('booked', time - DAY);

  it('is reminded if the booking was there before', () => {
    expect(isRemindedOf(booking, [early], asked)).toBe(true);
    expect(isRemindedOf(booking, [event('booked', time)], asked)).toBe(false);
  });

  it('is not reminded of a time that was chosen later, but of one at which only the advisor changed', () => {
    const { start } = booking.time;
    expect(isRemindedOf(booking, [early, event('moved', time + 1, start - HOUR)], asked)).toBe(false);
    expect(isRemindedOf(booking, [early, event('moved', time - 1, start - HOUR)], asked)).toBe(true);
    expect(isRemindedOf(booking, [early, event('moved', time + 1, start)], asked)).toBe(true);
    expect(isRemindedOf(booking, [early, event('restored', time + 1)], asked)).toBe(false);
    expect(isRemindedOf(booking, [early, event('corrected', time + 1)], asked)).toBe(true);
  });

  it.each([
    ['cancelled', { status: 'cancelled' as const }],
    ['a request', { status: 'requested' as const }],
    ['made for somebody who stood there', { source: 'walk_in' as const }],
    ['begun', { time: span('2026-11-29T09:00:00+01:00', 30) }],
  ])('is not reminded of what is %s', (_, part) => {
    expect(isRemindedOf(aBooking(part), [early], asked)).toBe(false);
  });
});
