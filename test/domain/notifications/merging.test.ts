import { BOOKING_EVENTS, type BookingEvent } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { type Known, mailedAfterGrace, mailedFrom, merged } from '../../../src/domain/notifications/merging';
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
  it('sends two changes of a client at once, and holds back the third within ten minutes', () => {
    const two = [event({ at: NOW - 10 * MINUTE + 1 }), event()];
    expect(mailedFrom([event({ type: 'booked' }), event()], NOW)).toBe(NOW);
    expect(mailedFrom(two, NOW)).toBe(NOW + MINUTE);
    expect(mailedFrom(two, NOW + 1)).toBe(NOW + 1);
  });

  it('counts changes by clients only', () => {
    const staff = { kind: 'staff', name: 'Rezi' } as const;
    expect(mailedFrom([event({ by: staff }), event({ by: { kind: 'system' } }), event()], NOW)).toBe(NOW);
  });
});

describe('mailedAfterGrace', () => {
  it('holds back moves, what undoes them, reassignments and cancellations for the time that the desk sets', () => {
    const types = BOOKING_EVENTS.filter((type) => mailedAfterGrace(type, { mailGraceSeconds: 45 }, NOW) !== NOW);
    expect(types).toEqual(['moved', 'move_undone', 'reassigned', 'cancelled']);
    expect(mailedAfterGrace('moved', { mailGraceSeconds: 45 }, NOW)).toBe(NOW + 45_000);
  });
});

describe('merged', () => {
  const booking = aBooking({ time: later, advisorId: 'a2', sequence: 5 });
  const known: Known = { time: TUESDAY_NINE, advisorId: 'a1', tied: false, status: 'confirmed', by: CLIENT };

  it('joins all changes into one from the known state to the present one', () => {
    const told = merged(known, booking, event(), desk);
    expect(told?.before).toMatchObject({ time: TUESDAY_NINE, advisorId: 'a1', sequence: 5 });
    expect(told?.event.from).toEqual({ time: TUESDAY_NINE, advisorId: 'a1' });
    expect(told?.booking).toEqual(booking);
  });

  it('is a move by the client if only the advisor changed after it', () => {
    expect(merged(known, booking, event({ type: 'reassigned', by: { kind: 'system' } }), desk)?.event).toMatchObject({
      type: 'moved',
      by: CLIENT,
    });
  });

  it('is nothing if the changes lead back to the known state', () => {
    expect(merged({ ...known, time: later, advisorId: 'a2' }, booking, event(), desk)).toBeNull();
    const off = aBooking({ status: 'cancelled' });
    expect(merged({ ...known, status: 'cancelled' }, off, event({ type: 'cancelled' }), desk)).toBeNull();
  });

  it('is a new link if only the link changed, and a new link and advisor if both did', () => {
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

  it('is a cancellation of the known state', () => {
    const off = { ...booking, status: 'cancelled' as const };
    expect(merged(known, off, event({ type: 'cancelled' }), desk)?.booking).toMatchObject({
      time: TUESDAY_NINE,
      advisorId: 'a1',
      status: 'cancelled',
      sequence: 5,
    });
  });
});
