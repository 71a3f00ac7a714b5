import { possibleActions } from '../../../src/domain/booking/actions';
import { type Actor, cancel } from '../../../src/domain/booking/booking';
import type { Why } from '../../../src/domain/booking/change';
import { assertRestorable, clientRestoresUntil, isRestored, restore } from '../../../src/domain/booking/restore';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { DomainError } from '../../../src/domain/errors';
import { aBooking, anEvent, NOW, TUESDAY_NINE } from '../../support/builders';

const client: Actor = { kind: 'client' };
const staff: Actor = { kind: 'staff', name: 'Empfang' };
const { start, end } = TUESDAY_NINE;

function cancelled(by: Actor, now: number) {
  const { booking, event } = cancel(aBooking({ tied: true }), { by, now, reason: null });
  if (!event) throw new Error('not cancelled');
  return { booking, last: event };
}

function why(by: Actor, now: number, { booking, last } = cancelled(client, NOW)): Why | undefined {
  try {
    assertRestorable(booking, last, { by, now });
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? (error.details.why as Why) : undefined;
  }
}

describe('A cancellation', () => {
  it.each<[Actor, string, number, Why | undefined]>([
    [client, 'at once', NOW, undefined],
    [client, 'within half an hour', NOW + 30 * MINUTE - 1, undefined],
    [client, 'after half an hour', NOW + 30 * MINUTE, 'too-late'],
    [staff, 'days later', start, undefined],
    [staff, 'while it would be running', end - 1, undefined],
    [staff, 'when it would be over', end, 'over'],
  ])('is taken back by %j %s: refused as %s', (by, _, now, refused) => {
    expect(why(by, now)).toBe(refused);
  });

  it('made just before the start can no longer be undone after the start', () => {
    const late = cancelled(client, start - 10 * MINUTE);
    expect(why(client, start - 1, late)).toBeUndefined();
    expect(why(client, start, late)).toBe('started');
    expect(clientRestoresUntil({ at: start - 10 * MINUTE, time: TUESDAY_NINE })).toBe(start);
    expect(clientRestoresUntil({ at: NOW, time: TUESDAY_NINE })).toBe(NOW + 30 * MINUTE);
  });

  it('made by the desk cannot be undone by the client', () => {
    expect(why(client, NOW, cancelled(staff, NOW))).toBe('by-desk');
    expect(why(staff, NOW, cancelled(staff, NOW))).toBeUndefined();
  });

  it('cannot be undone if the booking is not cancelled', () => {
    expect(why(staff, NOW, { booking: aBooking(), last: anEvent() })).toBe('status');
    expect(why(staff, NOW, { booking: aBooking({ status: 'completed' }), last: anEvent({ type: 'completed' }) })).toBe(
      'status',
    );
  });

  it('that is undone leaves a confirmed booking with a SEQUENCE above that of the CANCEL, and an event with the old time', () => {
    const { booking: before, last } = cancelled(client, NOW);
    const to = { time: before.time, blockedUntil: before.blockedUntil, advisorId: 'a2', tied: true };
    const { booking, event } = restore(before, to, { by: client, now: NOW + MINUTE, last });
    expect(booking).toMatchObject({ status: 'confirmed', sequence: 2, version: 3, advisorId: 'a2', tied: true });
    expect(event).toMatchObject({ type: 'restored', from: { advisorId: 'a1' }, at: NOW + MINUTE });
    expect(restore(before, { ...to, advisorId: 'a1' }, { by: client, now: NOW, last }).event?.from).toBeNull();
    expect(isRestored(booking, event ?? undefined)).toBe(true);
    expect(isRestored(before, last)).toBe(false);
  });
});

describe('The actions that are offered', () => {
  const offered = (part: Parameters<typeof aBooking>[0], by: Actor, now: number, last = anEvent()) => [
    ...possibleActions(aBooking(part), { by, now, timeZone: 'Europe/Berlin', last }),
  ];

  it('are exactly those that would be allowed', () => {
    expect(offered({}, client, NOW)).toEqual(['move', 'cancel']);
    expect(offered({}, client, start)).toEqual([]);
    expect(offered({}, staff, NOW)).toEqual(['move', 'cancel']);
    expect(offered({}, staff, start - HOUR)).toEqual(['move', 'cancel', 'check-in']);
    expect(offered({}, staff, start)).toEqual(['move', 'cancel', 'check-in', 'complete', 'no-show']);
    expect(offered({ status: 'checked_in' }, staff, start - HOUR)).toEqual(['move', 'cancel', 'undo-check-in']);
    expect(offered({ status: 'completed' }, staff, end)).toEqual(['reopen']);
    expect(offered({ status: 'no_show' }, staff, end)).toEqual(['check-in', 'reopen']);
    expect(offered({ status: 'completed' }, client, end)).toEqual([]);
  });

  it('include only undoing it for a cancelled booking', () => {
    const { last } = cancelled(client, NOW);
    expect(offered({ status: 'cancelled' }, client, NOW, last)).toEqual(['restore']);
    expect(offered({ status: 'cancelled' }, client, NOW + HOUR, last)).toEqual([]);
    expect(offered({ status: 'cancelled' }, staff, NOW + HOUR, last)).toEqual(['restore']);
    expect(offered({ status: 'cancelled' }, staff, end, last)).toEqual([]);
  });
});
