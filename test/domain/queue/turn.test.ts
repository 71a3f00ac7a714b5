import { MINUTE } from '../../../src/domain/calendar/interval';
import { nextConsultation } from '../../../src/domain/queue/turn';
import { aBooking, aQueueEntry, TUESDAY_NINE } from '../../support/builders';

const { start } = TUESDAY_NINE;
const at = (id: string, minutes: number, part = {}, entry: ReturnType<typeof aQueueEntry> | null = null) => ({
  booking: aBooking({ id, time: { start: start + minutes * MINUTE, end: start + (minutes + 30) * MINUTE }, ...part }),
  entry,
});
const next = (planned: ReturnType<typeof at>[], minutes: number) =>
  nextConsultation(planned, start + minutes * MINUTE)?.booking.id;

describe('nextConsultation', () => {
  it('is the earliest that is not over, whether its client is here or late', () => {
    const day = [at('first', 0, { status: 'completed' }), at('second', 30), at('third', 60, { status: 'checked_in' })];
    expect(next(day, 0)).toBe('second');
    expect(next(day, 45)).toBe('second');
    expect(next(day, 60)).toBe('third');
  });

  it('is before all others the one that is going on, then who was called', () => {
    const here = { status: 'checked_in' };
    const day = [
      at('waits', 0, here),
      at('called', 30, here, aQueueEntry({ state: 'called' })),
      at('goes on', 60, here, aQueueEntry({ state: 'started' })),
    ];
    expect(next(day, 0)).toBe('goes on');
    expect(next(day.slice(0, 2), 0)).toBe('called');
  });

  it('is who is here still although their time is over, if nobody is to come; and nobody after that', () => {
    const day = [at('first', 0, { status: 'checked_in' }), at('second', 30, { status: 'no_show' })];
    expect(next(day, 90)).toBe('first');
    expect(next(day.slice(1), 90)).toBeUndefined();
  });
});
