import { type DeskEvent, eventsSince, positionText, readPosition, type Since } from '../../../src/app/live/deskEvents';
import type { BookingChange, DeskChanges } from '../../../src/app/ports/deskChanges';

const NINE = Date.parse('2026-12-01T09:00:00+01:00');
const MIDNIGHT = Date.parse('2026-12-01T23:30:00Z');
const SINCE = { event: 10, revision: 20, tasks: 'none', queue: 'none' };

function aChange(part: Partial<BookingChange> = {}): BookingChange {
  const place = { start: NINE, advisorId: 'a1' };
  return { event: 11, bookingId: 'b1', version: 2, place, from: null, timeZone: 'Europe/Berlin', ...part };
}

function changes(part: Partial<DeskChanges> = {}): DeskChanges {
  const now = { event: 12, revision: 25, tasks: 'none', queue: 'none' };
  return { now, settled: 0, completeAfter: 10, bookings: [], diaries: [], ...part };
}

const told = (part: Partial<DeskChanges>, since: Since = SINCE): DeskEvent[] =>
  eventsSince(changes(part), since).events.map(({ event }) => event);

describe('What is told of the changes at a desk', () => {
  it('is nothing if nothing has changed', () => {
    expect(eventsSince(changes(), SINCE)).toEqual({ events: [], position: { ...changes().now, event: 10 } });
  });

  it('is the day of a booking at the desk, and its version', () => {
    const place = { start: MIDNIGHT, advisorId: 'a1' };
    expect(told({ bookings: [aChange({ place })] })).toEqual([
      { kind: 'booking', id: 'b1', version: 2, day: '2026-12-02', advisor: 'a1' },
    ]);
  });

  it.each([
    ['another day', { start: NINE - 86_400_000, advisorId: 'a1' }, { day: '2026-11-30', advisor: 'a1' }],
    ['another advisor', { start: NINE, advisorId: 'a2' }, { day: '2026-12-01', advisor: 'a2' }],
    ['another time of the day', { start: NINE + 3_600_000, advisorId: 'a1' }, undefined],
  ])('names the column that a booking has left for %s', (_, from, column) => {
    const [event] = told({ bookings: [aChange({ from })] });
    expect(event).toEqual({
      kind: 'booking',
      id: 'b1',
      version: 2,
      day: '2026-12-01',
      advisor: 'a1',
      ...(column && { from: column }),
    });
  });

  it('is held for a diary that no event of a booking explains, before or after it', () => {
    const diaries = ['a1', 'a2', 'a3'].map((advisorId) => ({ advisorId, revision: 21 }));
    const from = { start: NINE, advisorId: 'a2' };
    expect(told({ bookings: [aChange({ from })], diaries }).slice(1)).toEqual([{ kind: 'held', advisor: 'a3' }]);
    expect(told({ diaries: diaries.slice(0, 1) })).toEqual([{ kind: 'held', advisor: 'a1' }]);
  });

  it('is hours for the desk itself, task for other tasks, and queue for others who wait', () => {
    const diaries = [{ advisorId: null, revision: 21 }];
    expect(told({ diaries, now: { ...changes().now, tasks: 'some', queue: 'some' } })).toEqual([
      { kind: 'hours' },
      { kind: 'task' },
      { kind: 'queue' },
    ]);
  });

  it('is nothing twice: neither an event nor a revision that was told before', () => {
    const diaries = [{ advisorId: 'a2', revision: 20 }];
    expect(told({ bookings: [aChange({ event: 10 })], diaries })).toEqual([]);
  });

  it('comes in the order of the events, each with the position from which it goes on', () => {
    const bookings = [aChange(), aChange({ event: 12, bookingId: 'b2' })];
    const diaries = [
      { advisorId: 'a1', revision: 24 },
      { advisorId: 'a2', revision: 25 },
    ];
    const { events, position } = eventsSince(changes({ bookings, diaries }), SINCE);
    expect(events.map(({ event, position: at }) => [event.kind, at])).toEqual([
      ['booking', { ...SINCE, event: 11 }],
      ['booking', { ...SINCE, event: 12 }],
      ['held', { event: 12, revision: 25, tasks: 'none', queue: 'none' }],
    ]);
    expect(position).toEqual(events.at(-1)?.position);
    // Whoever has heard the first only hears the rest, and nothing of it is missing.
    const rest = told({ bookings, diaries }, events[0]?.position);
    expect(rest.map(({ kind }) => kind)).toEqual(['booking', 'held']);
  });

  it('moves on to what is settled where nothing happens, and never back', () => {
    expect(eventsSince(changes({ settled: 11 }), SINCE).position.event).toBe(11);
    expect(eventsSince(changes({ settled: 3 }), SINCE).position.event).toBe(10);
  });

  it.each([
    ['that nobody knows', 'unknown' as const],
    ['after which events are missing', { ...SINCE, event: 9 }],
    ['of an event that there is not yet', { ...SINCE, event: 13 }],
    ['of a revision that there is not yet', { ...SINCE, revision: 26 }],
  ])('is a reset, and only that, after a position %s', (_, since) => {
    const { events, position } = eventsSince(changes({ bookings: [aChange()] }), since);
    expect(events).toEqual([{ event: { kind: 'reset' }, position: changes().now }]);
    expect(position).toEqual(changes().now);
  });

  it('is nothing of what was before, for somebody who begins now', () => {
    expect(eventsSince(changes({ bookings: [aChange()], completeAfter: 99 }), 'now')).toEqual({
      events: [],
      position: changes().now,
    });
  });
});

describe('A position as text', () => {
  it('is read as it was written', () => {
    const position = { event: 123_456_789, revision: 0, tasks: 'a-B_9', queue: 'c' };
    expect(readPosition(positionText(position))).toEqual(position);
  });

  it.each(['', '1.2', '1.2.', '1.2.x', '1.2.x y.q', '-1.2.x.q', '1.2.x.q\n', '1e3.2.x.q', '1234567890123456.1.x.q'])(
    'is unknown if it is %j',
    (text) => {
      expect(readPosition(text)).toBe('unknown');
    },
  );
});
