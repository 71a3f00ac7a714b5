import { mulberry32 } from '../../../src/demo/random';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import type { QueueEntry } from '../../../src/domain/queue/entry';
import { expectedStarts, lineOf, nextFor, type QueueFacts } from '../../../src/domain/queue/line';
import { aBooking, aDesk, anAdvisor, aQueueEntry, NOW } from '../../support/builders';

const DESK = aDesk();
const facts = (part: Partial<QueueFacts> = {}): QueueFacts => ({
  desk: DESK,
  now: NOW,
  entries: [],
  bookings: [],
  absences: [],
  ...part,
});
const walkIn = (id: string, part: Partial<QueueEntry> = {}) => aQueueEntry({ id, number: id, ...part });
/** An appointment of half an hour, so many minutes from now. */
const appointment = (id: string, inMinutes: number, part: Partial<Booking> = {}) => {
  const start = NOW + inMinutes * MINUTE;
  const time = { start, end: start + 30 * MINUTE };
  return aBooking({ id, advisorId: 'a1', time, blockedUntil: time.end, ...part });
};
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);
const minutes = (from: QueueFacts) =>
  Object.fromEntries([...expectedStarts(from)].map(([id, { start }]) => [id, (start - NOW) / MINUTE]));

describe('The line', () => {
  it('has appointments that are here by their time, then urgent matters, then the others by their turn', () => {
    const bookings = [
      appointment('later', 60, { status: 'checked_in' }),
      appointment('sooner', 30, { status: 'checked_in' }),
      appointment('not here', 0),
    ];
    const entries = [
      walkIn('second', { turnAt: NOW + 1 }),
      walkIn('first'),
      walkIn('urgent', { turnAt: NOW + 2, urgent: 'ends today' }),
      walkIn('gone', { state: 'left' }),
    ];
    expect(ids(lineOf({ entries, bookings }))).toEqual(['sooner', 'later', 'urgent', 'first', 'second']);
  });

  it('does not have an appointment that was called', () => {
    const bookings = [appointment('b', 0, { status: 'checked_in' })];
    expect(lineOf({ bookings, entries: [walkIn('e', { bookingId: 'b', state: 'called' })] })).toEqual([]);
  });
});

describe('The expected start', () => {
  it('is the first gap that is long enough, for each after those before them', () => {
    const bookings = [appointment('b', 20), appointment('c', 0, { advisorId: 'a2' })];
    expect(minutes(facts({ bookings, entries: [walkIn('one'), walkIn('two', { turnAt: NOW + 1 })] }))).toEqual({
      one: 30,
      two: 50,
    });
  });

  it('is the time of an appointment, or now if that is past', () => {
    const bookings = [
      appointment('early', 30, { status: 'checked_in' }),
      appointment('late', -30, { status: 'checked_in' }),
    ];
    expect(minutes(facts({ bookings }))).toEqual({ early: 30, late: 0 });
  });

  it('waits for who is being seen, as long as their topic takes', () => {
    const desk = aDesk({ advisors: [anAdvisor()] });
    const seen = walkIn('seen', { state: 'started', advisorId: 'a1', startedAt: NOW - 10 * MINUTE });
    const from = facts({ desk, entries: [seen, walkIn('next')] });
    const { start, between } = expectedStarts(from).get('next') ?? {};
    expect(start).toBe(NOW + 20 * MINUTE);
    expect(between).toEqual({ start: NOW + 11 * MINUTE, end: NOW + 32 * MINUTE });
  });

  it('is missing when nobody has time any more today, or speaks the language', () => {
    const closing = NOW + 6.75 * HOUR;
    expect(minutes(facts({ now: closing, entries: [walkIn('one')] }))).toEqual({});
    expect(minutes(facts({ entries: [walkIn('one', { language: 'uk' })] }))).toEqual({});
  });

  it('never has somebody without an appointment where an advisor has one, however many wait', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = mulberry32(seed);
      const bookings = ['a1', 'a2'].flatMap((advisorId) =>
        Array.from({ length: 14 }, (_, i) => ({ advisorId, at: i * 30 }))
          .filter(() => random.chance(50))
          .map(({ at }) => appointment(`${advisorId} ${at}`, at, { advisorId })),
      );
      const entries = Array.from({ length: 8 }, (_, i) =>
        walkIn(`w${i}`, { turnAt: NOW + i, topicId: random.chance(50) ? 'residence' : 'career' }),
      );
      const found = expectedStarts(facts({ bookings, entries }));
      for (const { id, topicId } of entries) {
        const start = found.get(id)?.start;
        if (start === undefined) continue;
        const end = start + (topicId === 'career' ? 60 : 30) * MINUTE;
        const busy = (advisorId: string) =>
          bookings.some((b) => b.advisorId === advisorId && b.time.start < end && start < b.blockedUntil);
        expect([busy('a1'), busy('a2')]).toContain(false);
      }
    }
  });
});

describe('The next person for an advisor', () => {
  it('is their own appointment when it is time, before all others', () => {
    const bookings = [appointment('mine', 0, { status: 'checked_in' })];
    const entries = [walkIn('urgent', { urgent: 'ends today' })];
    expect(nextFor(facts({ bookings, entries }), 'a1')?.id).toBe('mine');
    expect(nextFor(facts({ bookings, entries }), 'a2')?.id).toBe('urgent');
  });

  it('is who came without an appointment, if they are done before the next one', () => {
    const entries = [walkIn('long', { topicId: 'career' }), walkIn('short', { turnAt: NOW + 1 })];
    expect(nextFor(facts({ entries, bookings: [appointment('b', 60)] }), 'a1')?.id).toBe('long');
    expect(nextFor(facts({ entries, bookings: [appointment('b', 30)] }), 'a1')?.id).toBe('short');
    expect(nextFor(facts({ entries, bookings: [appointment('b', 15)] }), 'a1')).toBeUndefined();
  });

  it('is an appointment that is here a quarter of an hour early, if nobody else fits', () => {
    const bookings = [appointment('b', 15, { status: 'checked_in' })];
    expect(nextFor(facts({ bookings }), 'a1')?.id).toBe('b');
    expect(nextFor(facts({ bookings, now: NOW - 1 }), 'a1')).toBeUndefined();
  });

  it('is nobody while the advisor sees somebody, is away, or does not speak the language', () => {
    const seen = walkIn('seen', { state: 'started', advisorId: 'a1', startedAt: NOW });
    const time = { start: NOW, end: NOW + HOUR };
    const absences = [{ id: 'ab', advisorId: 'a1', time, reason: null }];
    expect(nextFor(facts({ entries: [seen, walkIn('w')] }), 'a1')).toBeUndefined();
    expect(nextFor(facts({ entries: [walkIn('w')], absences }), 'a1')).toBeUndefined();
    expect(nextFor(facts({ entries: [walkIn('w', { language: 'ja' })] }), 'a1')).toBeUndefined();
    expect(nextFor(facts({ entries: [walkIn('w', { language: 'ja' })] }), 'a2')?.id).toBe('w');
  });
});
