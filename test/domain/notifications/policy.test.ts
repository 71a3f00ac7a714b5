import { advisorNotices, clientNotice, type Telling } from '../../../src/domain/notifications/policy';
import { aBooking, aClient, aDesk, anAdvisor, span } from '../../support/builders';

const before = aBooking();
const later = span('2026-12-02T10:00:00+01:00', 30);

function telling(part: Partial<Telling>): Telling {
  return { type: 'booked', booking: before, desk: aDesk(), before: null, calendar: true, ...part };
}

describe('What the client is told', () => {
  it('is the new video link, whoever changed it, and whoever advises in another room', () => {
    const was = aBooking({ mode: 'video' });
    const link = { kind: 'video_link', method: 'REQUEST', sameTime: true };
    const own = { ...was, videoLink: 'https://video.example/2' };
    expect(clientNotice(telling({ type: 'video_link_changed', before: was, booking: own }))).toEqual(link);
    expect(clientNotice(telling({ type: 'video_link_changed', before: own, booking: was }))).toEqual(link);
    const desk = aDesk({
      advisors: [anAdvisor({ id: 'a1', videoLink: 'https://video.example/1' }), anAdvisor({ id: 'a2' })],
    });
    for (const type of ['moved', 'reassigned'] as const) {
      const elsewhere = { type, before: was, booking: { ...was, advisorId: 'a2' } };
      expect(clientNotice(telling({ ...elsewhere, desk }))).toEqual(link);
      expect(clientNotice(telling(elsewhere))).toBeNull();
    }
    expect(advisorNotices(telling({ type: 'video_link_changed', before: was, booking: own }))).toEqual([
      { advisorId: 'a1', what: 'video_link' },
    ]);
  });

  it('is an invitation for a booking', () => {
    expect(clientNotice(telling({}))).toEqual({ kind: 'booked', method: 'REQUEST', sameTime: false });
  });

  it('is an updated invitation for another time', () => {
    const notice = clientNotice(telling({ type: 'moved', before, booking: aBooking({ time: later, sequence: 1 }) }));
    expect(notice).toEqual({ kind: 'moved', method: 'REQUEST', sameTime: false });
  });

  it('is a CANCEL for a cancellation', () => {
    const notice = clientNotice(telling({ type: 'cancelled', before }));
    expect(notice).toEqual({ kind: 'cancelled', method: 'CANCEL', sameTime: false });
  });

  it('is an invitation once more when a cancellation is taken back', () => {
    const notice = clientNotice(telling({ type: 'restored', before: aBooking({ status: 'cancelled' }) }));
    expect(notice).toEqual({ kind: 'restored', method: 'REQUEST', sameTime: false });
  });

  it('is nothing when only the advisor changes and the client knows no name', () => {
    expect(clientNotice(telling({ type: 'moved', before, booking: aBooking({ advisorId: 'a2' }) }))).toBeNull();
  });

  it.each([
    [true, false],
    [false, true],
    [true, true],
  ])('is the new name when the booking was (%s) or is now (%s) tied to an advisor', (was, is) => {
    const notice = clientNotice(
      telling({ type: 'moved', before: aBooking({ tied: was }), booking: aBooking({ advisorId: 'a2', tied: is }) }),
    );
    expect(notice).toEqual({ kind: 'moved', method: 'REQUEST', sameTime: true });
  });

  it.each(['booked', 'moved', 'cancelled'] as const)(
    'has no calendar part where the client’s calendar knows of nothing: %s',
    (type) => {
      const booking = aBooking({ time: later });
      expect(clientNotice(telling({ type, before, booking, calendar: false }))?.method).toBeNull();
    },
  );

  it('is only the link where the link was asked for', () => {
    expect(clientNotice(telling({ type: 'link' }))).toEqual({ kind: 'link', method: null, sameTime: false });
  });

  it.each(['checked_in', 'completed', 'no_show', 'check_in_undone', 'reopened'] as const)(
    'is nothing when the booking is %s',
    (type) => {
      expect(clientNotice(telling({ type }))).toBeNull();
    },
  );

  it.each(['booked', 'moved', 'cancelled', 'link'] as const)('is nothing without a mail address: %s', (type) => {
    const booking = aBooking({ time: later, client: aClient({ email: null }) });
    expect(clientNotice(telling({ type, before, booking }))).toBeNull();
  });
});

describe('What advisors are told', () => {
  it.each(['booked', 'cancelled'] as const)('is each booking that is %s', (type) => {
    expect(advisorNotices(telling({ type, before }))).toEqual([{ advisorId: 'a1', what: type }]);
  });

  it('is another time', () => {
    const notices = advisorNotices(telling({ type: 'moved', before, booking: aBooking({ time: later }) }));
    expect(notices).toEqual([{ advisorId: 'a1', what: 'moved' }]);
  });

  it('is both sides of a change of advisor', () => {
    expect(advisorNotices(telling({ type: 'moved', before, booking: aBooking({ advisorId: 'a2' }) }))).toEqual([
      { advisorId: 'a2', what: 'taken' },
      { advisorId: 'a1', what: 'handed_over' },
    ]);
  });

  it.each(['link', 'checked_in', 'completed', 'no_show'] as const)('is nothing of %s', (type) => {
    expect(advisorNotices(telling({ type }))).toEqual([]);
  });
});
