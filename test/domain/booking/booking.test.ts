import { type Actor, cancel, move } from '../../../src/domain/booking/booking';
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
  it('raises SEQUENCE and version when its time changes, and its event keeps the old time', () => {
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

  it('keeps SEQUENCE when only the advisor changes, because the invitation does not name one', () => {
    const before = aBooking({ advisorId: 'a1' });
    const { booking } = move(
      before,
      { ...later, time: before.time, blockedUntil: before.blockedUntil, advisorId: 'a2' },
      by(staff),
    );
    expect(booking).toMatchObject({ advisorId: 'a2', sequence: before.sequence, version: before.version + 1 });
  });

  it('does not change when it is moved to the time and advisor that it has', () => {
    const before = aBooking();
    expect(move(before, { ...before }, by(client))).toEqual({ booking: before, event: null });
  });

  it('is cancelled once; the second time nothing happens', () => {
    const first = cancel(aBooking(), { ...by(client), reason: null });
    expect(first.booking).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect(cancel(first.booking, { ...by(client), reason: null })).toEqual({ booking: first.booking, event: null });
  });

  it('cannot be changed by the client once it has begun, but still by reception', () => {
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

  it('of a client who was checked in becomes confirmed again when its time changes, and keeps its status when only its advisor changes', () => {
    const here = aBooking({ status: 'checked_in' });
    expect(move(here, later, by(staff)).booking).toMatchObject({ status: 'confirmed', sequence: 1 });
    const handedOver = { ...here, advisorId: 'a2' };
    expect(move(here, handedOver, by(staff)).booking).toMatchObject({ status: 'checked_in', sequence: 0 });
    expect(move(aBooking({ status: 'requested' }), later, by(staff)).booking.status).toBe('requested');
  });
});
