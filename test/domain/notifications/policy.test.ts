import { advisorNotices, clientNotice, type Telling } from '../../../src/domain/notifications/policy';
import { aBooking, aClient, aDesk, anAdvisor, span } from '../../support/builders';

const before = aBooking();
const later = span('2026-12-02T10:00:00+01:00', 30);

function telling(part: Partial<Telling>): Telling {
  return { type: 'booked', booking: before, desk: aDesk(), before: null, calendar: true, ...part };
}

describe('The message to the client', () => {
  it('contains the new video link, whether staff changed it or the new advisor has another room', () => {
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
      { advisorId: 'a1', kind: 'video_link', words: 'video_link' },
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

  it('is an invitation again when a cancellation is undone', () => {
    const notice = clientNotice(telling({ type: 'restored', before: aBooking({ status: 'cancelled' }) }));
    expect(notice).toEqual({ kind: 'restored', method: 'REQUEST', sameTime: false });
  });

  it('does not exist when only the advisor changes and the client knows no name', () => {
    expect(clientNotice(telling({ type: 'moved', before, booking: aBooking({ advisorId: 'a2' }) }))).toBeNull();
  });

  it.each([
    [true, false],
    [false, true],
    [true, true],
  ])('names the new advisor when the booking was (%s) or is now (%s) tied to one', (was, is) => {
    const notice = clientNotice(
      telling({ type: 'moved', before: aBooking({ tied: was }), booking: aBooking({ advisorId: 'a2', tied: is }) }),
    );
    expect(notice).toEqual({ kind: 'moved', method: 'REQUEST', sameTime: true });
  });

  it.each(['booked', 'moved', 'cancelled'] as const)(
    'has no calendar part if the client’s calendar has no entry: %s',
    (type) => {
      const booking = aBooking({ time: later });
      expect(clientNotice(telling({ type, before, booking, calendar: false }))?.method).toBeNull();
    },
  );

  it('contains only the manage link if the client asked for that', () => {
    expect(clientNotice(telling({ type: 'link' }))).toEqual({ kind: 'link', method: null, sameTime: false });
  });

  it.each(['checked_in', 'completed', 'no_show', 'check_in_undone', 'reopened'] as const)(
    'does not exist when the booking is %s',
    (type) => {
      expect(clientNotice(telling({ type }))).toBeNull();
    },
  );

  it.each(['booked', 'moved', 'cancelled', 'link'] as const)('does not exist without a mail address: %s', (type) => {
    const booking = aBooking({ time: later, client: aClient({ email: null }) });
    expect(clientNotice(telling({ type, before, booking }))).toBeNull();
  });
});

describe('The messages to advisors', () => {
  it.each(['booked', 'cancelled'] as const)('tell of each booking that is %s', (type) => {
    expect(advisorNotices(telling({ type, before }))).toEqual([{ advisorId: 'a1', kind: type, words: type }]);
  });

  it('tell of another time', () => {
    const notices = advisorNotices(telling({ type: 'moved', before, booking: aBooking({ time: later }) }));
    expect(notices).toEqual([{ advisorId: 'a1', kind: 'moved', words: 'moved' }]);
  });

  it('go to both sides of a change of advisor', () => {
    expect(advisorNotices(telling({ type: 'moved', before, booking: aBooking({ advisorId: 'a2' }) }))).toEqual([
      { advisorId: 'a2', kind: 'moved', words: 'taken' },
      { advisorId: 'a1', kind: 'moved', words: 'handed_over' },
    ]);
  });

  it.each(['link', 'checked_in', 'completed', 'no_show'] as const)('do not exist for %s', (type) => {
    expect(advisorNotices(telling({ type }))).toEqual([]);
  });
});
