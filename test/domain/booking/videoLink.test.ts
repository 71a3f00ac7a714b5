import { changeVideoLink, lacksVideoLink, videoLinkOf, videoOpens } from '../../../src/domain/booking/videoLink';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { aBooking, aDesk, anAdvisor, NOW, TUESDAY_NINE } from '../../support/builders';

const ROOM = 'https://video.example/ada';
const OWN = 'https://video.example/k7mq';
const desk = aDesk({ advisors: [anAdvisor({ id: 'a1', videoLink: ROOM }), anAdvisor({ id: 'a2' })] });
const video = aBooking({ mode: 'video' });
const by = { by: { kind: 'staff', name: 'Rezi' }, now: NOW } as const;

describe('The link of a video consultation', () => {
  it('is the booking’s own, else its advisor’s, else none', () => {
    expect(videoLinkOf({ ...video, videoLink: OWN }, desk)).toBe(OWN);
    expect(videoLinkOf(video, desk)).toBe(ROOM);
    expect(videoLinkOf({ ...video, advisorId: 'a2' }, desk)).toBeNull();
    expect(videoLinkOf({ ...video, advisorId: 'gone' }, desk)).toBeNull();
  });

  it('does not exist for other modes, nor for a booking that is over or cancelled', () => {
    expect(videoLinkOf(aBooking({ mode: 'phone', videoLink: OWN }), desk)).toBeNull();
    for (const status of ['cancelled', 'completed', 'no_show'] as const)
      expect(videoLinkOf({ ...video, status }, desk)).toBeNull();
  });

  it('is missing until one is set, the booking is cancelled or it is over', () => {
    const without = { ...video, advisorId: 'a2' };
    expect(lacksVideoLink(without, desk, NOW)).toBe(true);
    expect(lacksVideoLink(without, desk, TUESDAY_NINE.end - 1)).toBe(true);
    expect(lacksVideoLink(without, desk, TUESDAY_NINE.end)).toBe(false);
    expect(lacksVideoLink({ ...without, videoLink: OWN }, desk, NOW)).toBe(false);
    expect(lacksVideoLink({ ...without, status: 'cancelled' }, desk, NOW)).toBe(false);
    expect(lacksVideoLink({ ...without, mode: 'phone' }, desk, NOW)).toBe(false);
    expect(lacksVideoLink(video, desk, NOW)).toBe(false);
  });

  it('opens ten minutes before the start, until the end', () => {
    expect(videoOpens(TUESDAY_NINE)).toEqual({ ...TUESDAY_NINE, start: TUESDAY_NINE.start - 10 * MINUTE });
  });
});

describe('Changing the link', () => {
  it('raises the version, keeps SEQUENCE, and adds an event that does not contain the link', () => {
    const { booking, event } = changeVideoLink(video, OWN, by);
    expect(booking).toMatchObject({ videoLink: OWN, version: 2, sequence: 0 });
    expect(event).toMatchObject({ type: 'video_link_changed', reason: null, from: null });
    expect(changeVideoLink(booking, OWN, by)).toEqual({ booking, event: null });
    expect(changeVideoLink(booking, null, by).booking.videoLink).toBeNull();
  });

  it('is refused for other modes, and for a booking that is over or cancelled', () => {
    expect(() => changeVideoLink(aBooking(), OWN, by)).toThrow(
      expect.objectContaining({ code: 'booking-not-changeable' }),
    );
    expect(() => changeVideoLink({ ...video, status: 'cancelled' }, OWN, by)).toThrow(
      expect.objectContaining({ code: 'booking-not-changeable' }),
    );
  });
});
