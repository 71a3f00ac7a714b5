import { checkIn, complete, noShow, reopen, undoCheckIn } from '../../../src/domain/booking/attendance';
import { type BookingEventType, STATUSES } from '../../../src/domain/booking/booking';
import type { Why } from '../../../src/domain/booking/change';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { DomainError } from '../../../src/domain/errors';
import { aBooking, anEvent, span, TUESDAY_NINE } from '../../support/builders';

const { start, end } = TUESDAY_NINE;
const staff = { kind: 'staff', name: 'Empfang' } as const;
const at = (now: number, last?: BookingEventType) => ({
  by: staff,
  now,
  timeZone: 'Europe/Berlin',
  last: last && anEvent({ type: last }),
});

/** Why it is refused; undefined: it is done. */
function why(work: () => unknown): Why | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'booking-not-changeable') return error.details.why as Why;
    throw error;
  }
}

describe('A client', () => {
  it.each<[string, number, Why | undefined]>([
    ['a week before', start - 7 * 24 * HOUR, 'another-day'],
    ['more than three hours before', start - 3 * HOUR - 1, 'too-early'],
    ['three hours before', start - 3 * HOUR, undefined],
    ['late', end + HOUR, undefined],
    ['at the end of the day', Date.parse('2026-12-01T23:59:59+01:00'), undefined],
    ['after midnight', Date.parse('2026-12-02T00:00:00+01:00'), 'another-day'],
  ])('is checked in %s: refused as %s', (_, now, refused) => {
    expect(why(() => checkIn(aBooking(), at(now)))).toBe(refused);
  });

  it('is checked in only on the day of the consultation, by the desk’s zone and not by UTC', () => {
    const early = aBooking({ time: span('2026-12-02T00:30:00+01:00', 30) });
    const [before, after] = [Date.parse('2026-12-01T23:59:00+01:00'), Date.parse('2026-12-02T00:00:00+01:00')];
    expect(why(() => checkIn(early, at(before)))).toBe('another-day');
    expect(why(() => checkIn(early, at(after)))).toBeUndefined();
    expect(why(() => checkIn(early, { ...at(before), timeZone: 'UTC' }))).toBeUndefined();
  });

  it('can be marked as seen or absent only from the start of the consultation on', () => {
    for (const decide of [complete, noShow]) {
      expect(why(() => decide(aBooking(), at(start - 1)))).toBe('not-started');
      expect(why(() => decide(aBooking(), at(start)))).toBeUndefined();
      expect(why(() => decide(aBooking(), at(start + 5 * 24 * HOUR)))).toBeUndefined();
    }
    expect(why(() => complete(aBooking({ status: 'checked_in' }), at(start - 1)))).toBe('not-started');
  });

  it('who comes late is checked in although an absence was recorded', () => {
    const missed = noShow(aBooking(), at(start)).booking;
    expect(checkIn(missed, at(start + HOUR)).booking.status).toBe('checked_in');
  });

  it('whose attendance is recorded twice gets one event, whatever the time', () => {
    for (const [decide, status] of [
      [checkIn, 'checked_in'],
      [complete, 'completed'],
      [noShow, 'no_show'],
    ] as const)
      expect(decide(aBooking({ status }), at(start - 30 * 24 * HOUR)).event).toBeNull();
  });
});

describe('A recorded attendance', () => {
  it('can be undone as long as the booking is kept', () => {
    const much = start + 20 * 24 * HOUR;
    const undone = undoCheckIn(aBooking({ status: 'checked_in' }), at(much));
    expect(undone.booking).toMatchObject({ status: 'confirmed', version: 2, sequence: 0, changedAt: much });
    expect(undone.event).toMatchObject({ type: 'check_in_undone', by: staff, from: null });
    const reopened = reopen(aBooking({ status: 'completed' }), at(much));
    expect([reopened.booking.status, reopened.event?.type]).toEqual(['checked_in', 'reopened']);
    expect(reopen(aBooking({ status: 'no_show' }), at(much)).booking.status).toBe('confirmed');
  });

  it('is undone once when undone twice, and only if it was recorded before', () => {
    expect(undoCheckIn(aBooking(), at(start, 'check_in_undone')).event).toBeNull();
    expect(reopen(aBooking({ status: 'checked_in' }), at(start, 'reopened')).event).toBeNull();
    expect(why(() => undoCheckIn(aBooking(), at(start, 'booked')))).toBe('status');
    expect(why(() => reopen(aBooking(), at(start, 'check_in_undone')))).toBe('status');
    expect(why(() => reopen(aBooking({ status: 'checked_in' }), at(start, 'checked_in')))).toBe('status');
  });

  it.each(STATUSES)('leads from the status %s back only to the status before it', (status) => {
    const booking = aBooking({ status });
    const late = at(start + MINUTE);
    const leads = (decide: typeof undoCheckIn | typeof reopen) =>
      why(() => decide(booking, late)) === undefined ? decide(booking, late).booking.status : null;
    expect(leads(undoCheckIn)).toBe(status === 'checked_in' ? 'confirmed' : null);
    expect(leads(reopen)).toBe({ completed: 'checked_in', no_show: 'confirmed' }[status as string] ?? null);
  });
});
