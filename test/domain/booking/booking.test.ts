import {
  type Actor,
  cancel,
  checkIn,
  complete,
  move,
  noShow,
  possibleActions,
} from '../../../src/domain/booking/booking';
import { HOUR } from '../../../src/domain/calendar/interval';
import { aBooking, NOW, span } from '../../support/builders';
import { refusal } from '../../support/refusal';

const client: Actor = { kind: 'client' };
const staff: Actor = { kind: 'staff', name: 'Empfang' };
const by = (actor: Actor, now = NOW) => ({ by: actor, now });
const later = {
  time: span('2026-12-02T10:00:00+01:00', 30),
  blockedUntil: Date.parse('2026-12-02T10:30:00+01:00'),
  advisorId: 'a1',
  tied: false,
};

describe('A booking', () => {
  it('raises SEQUENCE and version when its time changes, and remembers where it was', () => {
    const before = aBooking({ advisorId: 'a1' });
    const { booking, event } = move(before, later, by(client));
    expect(booking).toMatchObject({
      time: later.time,
      sequence: before.sequence + 1,
      version: before.version + 1,
      changedAt: NOW,
    });
    expect(event).toMatchObject({ type: 'moved', from: { time: before.time, advisorId: 'a1' }, by: client });
  });

  it('keeps SEQUENCE when only the advisor changes: the invitation does not name one', () => {
    const before = aBooking({ advisorId: 'a1' });
    const { booking } = move(
      before,
      { ...later, time: before.time, blockedUntil: before.blockedUntil, advisorId: 'a2' },
      by(staff),
    );
    expect(booking).toMatchObject({ advisorId: 'a2', sequence: before.sequence, version: before.version + 1 });
  });

  it('does not change when it is moved to where it is', () => {
    const before = aBooking();
    expect(move(before, { ...before }, by(client))).toEqual({ booking: before, event: null });
  });

  it('is cancelled once; the second time nothing happens', () => {
    const first = cancel(aBooking(), { ...by(client), reason: null });
    expect(first.booking).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect(cancel(first.booking, { ...by(client), reason: null })).toEqual({ booking: first.booking, event: null });
  });

  it('is out of the client’s hands once it has begun, but not out of reception’s', () => {
    const { time } = aBooking();
    expect(() => cancel(aBooking(), { ...by(client, time.start), reason: null })).toThrow(
      refusal('booking-not-changeable'),
    );
    expect(() => move(aBooking(), later, by(client, time.start + HOUR))).toThrow(refusal('booking-not-changeable'));
    expect(cancel(aBooking(), { ...by(staff, time.start + HOUR), reason: 'ill' }).event).toMatchObject({
      reason: 'ill',
    });
  });

  it.each(['completed', 'no_show', 'cancelled'] as const)('does not move once it is %s', (status) => {
    expect(() => move(aBooking({ status }), later, by(staff))).toThrow(refusal('booking-not-changeable'));
  });

  it('goes from confirmed to here to completed', () => {
    const here = checkIn(aBooking(), by(staff)).booking;
    expect(here.status).toBe('checked_in');
    expect(complete(here, by(staff)).booking).toMatchObject({ status: 'completed', sequence: 0 });
    expect(() => checkIn(complete(here, by(staff)).booking, by(staff))).toThrow(refusal('booking-not-changeable'));
  });

  it('is missed only after its start, and a late client takes that back', () => {
    const { time } = aBooking();
    expect(() => noShow(aBooking(), by(staff, time.start - 1))).toThrow(refusal('booking-not-changeable'));
    const missed = noShow(aBooking(), by(staff, time.start)).booking;
    expect(missed.status).toBe('no_show');
    expect(checkIn(missed, by(staff, time.start + HOUR)).booking.status).toBe('checked_in');
  });

  it('offers exactly the actions that it would allow', () => {
    const { time } = aBooking();
    expect([...possibleActions(aBooking(), by(client))]).toEqual(['move', 'cancel']);
    expect([...possibleActions(aBooking(), by(client, time.start))]).toEqual([]);
    expect([...possibleActions(aBooking(), by(staff))]).toEqual(['move', 'cancel', 'check-in', 'complete']);
    expect([...possibleActions(aBooking(), by(staff, time.start))]).toContain('no-show');
    expect([...possibleActions(aBooking({ status: 'cancelled' }), by(staff))]).toEqual([]);
  });
});
