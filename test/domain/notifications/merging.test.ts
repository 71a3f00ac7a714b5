import type { BookingEvent } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { type Known, mailedFrom, merged } from '../../../src/domain/notifications/merging';
import { aBooking, aDesk, anAdvisor, NOW, TUESDAY_NINE } from '../../support/builders';

const desk = aDesk();
const CLIENT = { kind: 'client' } as const;
const later = { start: TUESDAY_NINE.start + HOUR, end: TUESDAY_NINE.end + HOUR };
const event = (part: Partial<BookingEvent> = {}): BookingEvent => ({
  type: 'moved',
  bookingId: 'b',
  at: NOW,
  by: CLIENT,
  reason: null,
  from: null,
  ...part,
});

describe('mailedFrom', () => {
  it('lets two changes of a client out at once, and the third within ten minutes wait', () => {
    const two = [event({ at: NOW - 10 * MINUTE + 1 }), event()];
    expect(mailedFrom([event({ type: 'booked' }), event()], event(), NOW)).toBe(NOW);
    expect(mailedFrom(two, event(), NOW)).toBe(NOW + MINUTE);
    expect(mailedFrom(two, event(), NOW + 1)).toBe(NOW + 1);
  });

  it('counts what clients do, and holds nothing back of what staff do', () => {
    const staff = { kind: 'staff', name: 'Rezi' } as const;
    expect(mailedFrom([event({ by: staff }), event({ by: { kind: 'system' } }), event()], event(), NOW)).toBe(NOW);
    expect(mailedFrom([event(), event(), event()], event({ by: staff }), NOW)).toBe(NOW);
  });
});

describe('merged', () => {
  const booking = aBooking({ time: later, advisorId: 'a2', sequence: 5 });
  const known: Known = { time: TUESDAY_NINE, advisorId: 'a1', tied: false, status: 'confirmed', by: CLIENT };

  it('is one change from what is known to what is', () => {
    const told = merged(known, booking, event(), desk);
    expect(told?.before).toMatchObject({ time: TUESDAY_NINE, advisorId: 'a1', sequence: 5 });
    expect(told?.event.from).toEqual({ time: TUESDAY_NINE, advisorId: 'a1' });
    expect(told?.booking).toEqual(booking);
  });

  it('is a move by the client, if all that came after it is another advisor', () => {
    expect(merged(known, booking, event({ type: 'reassigned', by: { kind: 'system' } }), desk)?.event).toMatchObject({
      type: 'moved',
      by: CLIENT,
    });
  });

  it('is nothing where it leads back', () => {
    expect(merged({ ...known, time: later, advisorId: 'a2' }, booking, event(), desk)).toBeNull();
    const off = aBooking({ status: 'cancelled' });
    expect(merged({ ...known, status: 'cancelled' }, off, event({ type: 'cancelled' }), desk)).toBeNull();
  });

  it('is the link, where only that is another one, and the advisor as well where that is', () => {
    const link = 'https://video.example/2';
    const here = aBooking({ mode: 'video', videoLink: link });
    const knew = { ...known, videoLink: null };
    const changed = event({ type: 'video_link_changed' });
    expect(merged(knew, here, event(), desk)?.event.type).toBe('video_link_changed');
    expect(merged(knew, { ...here, advisorId: 'a2' }, changed, desk)?.event.type).toBe('moved');
    expect(merged(knew, { ...here, time: later }, changed, desk)?.event.type).toBe('moved');
    expect(merged({ ...knew, videoLink: link }, here, changed, desk)).toBeNull();
    expect(merged(known, here, event(), desk)).toBeNull();
    const room = aDesk({ advisors: [anAdvisor({ id: 'a1', videoLink: link })] });
    expect(merged({ ...knew, videoLink: link }, { ...here, videoLink: null }, changed, room)).toBeNull();
  });

  it('cancels what is known', () => {
    const off = { ...booking, status: 'cancelled' as const };
    expect(merged(known, off, event({ type: 'cancelled' }), desk)?.booking).toMatchObject({
      time: TUESDAY_NINE,
      advisorId: 'a1',
      status: 'cancelled',
      sequence: 5,
    });
  });
});
