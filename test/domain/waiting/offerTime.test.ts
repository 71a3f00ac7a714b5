import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { offerTime, offerTimeByStaff } from '../../../src/domain/waiting/offerTime';
import { aDesk, aTopic, span } from '../../support/builders';

const desk = aDesk();
const instant = (text: string) => Date.parse(`${text}:00+01:00`);
const offer = (now: string, start: string, part: Parameters<typeof aDesk>[0] = {}) => {
  const found = offerTime(instant(start), { desk: aDesk(part), topic: aTopic(), now: instant(now) });
  return found && [found.tellAt, found.until].map((at) => new Date(at + HOUR).toISOString().slice(0, 16));
};

describe('offerTime', () => {
  it('tells by day at once, and stands for the time that the desk sets', () => {
    expect(offer('2026-11-24T10:00', '2026-12-01T09:00')).toEqual(['2026-11-24T10:00', '2026-11-25T10:00']);
    const waitingList = { offerHours: 3, quiet: ['20:00', '08:00'] } as const;
    expect(offer('2026-11-24T10:00', '2026-12-01T09:00', { waitingList })).toEqual([
      '2026-11-24T10:00',
      '2026-11-24T13:00',
    ]);
  });

  it('waits for the morning in the quiet hours, and the time to answer counts from then', () => {
    expect(offer('2026-11-24T20:00', '2026-12-01T09:00')).toEqual(['2026-11-25T08:00', '2026-11-26T08:00']);
    expect(offer('2026-11-25T03:00', '2026-12-01T09:00')).toEqual(['2026-11-25T08:00', '2026-11-26T08:00']);
    expect(offer('2026-11-25T08:00', '2026-12-01T09:00')).toEqual(['2026-11-25T08:00', '2026-11-26T08:00']);
  });

  it('knows quiet hours within a day, and none', () => {
    const at = (quiet: readonly [string, string]) =>
      offer('2026-11-24T13:00', '2026-12-01T09:00', { waitingList: { offerHours: 24, quiet } })?.[0];
    expect(at(['12:00', '14:00'])).toBe('2026-11-24T14:00');
    expect(at(['08:00', '08:00'])).toBe('2026-11-24T13:00');
  });

  it('ends when the start can no longer be booked', () => {
    // Two hours of lead time.
    expect(offer('2026-11-24T10:00', '2026-11-24T16:00')).toEqual(['2026-11-24T10:00', '2026-11-24T14:00']);
  });

  it('leaves a start to all if there is less than an hour to answer', () => {
    expect(offer('2026-11-24T10:00', '2026-11-24T13:00')).toEqual(['2026-11-24T10:00', '2026-11-24T11:00']);
    expect(offer('2026-11-24T10:00', '2026-11-24T12:59')).toBeNull();
    expect(offer('2026-11-24T10:00', '2026-11-24T11:00')).toBeNull();
    expect(offer('2026-11-24T22:00', '2026-11-25T09:00')).toBeNull();
  });

  it('knows lead times in open hours', () => {
    const part = { leadTimeMinutes: 0, leadTimeOpenMinutes: 120 };
    expect(offer('2026-11-24T10:00', '2026-11-25T10:00', part)?.[1]).toBe('2026-11-24T16:00');
  });
});

describe('offerTimeByStaff', () => {
  it('stands until the start at the latest', () => {
    const { start } = span('2026-11-24T11:00:00+01:00', 30);
    expect(offerTimeByStaff(start, { desk, now: start - 30 * MINUTE })).toEqual({
      tellAt: start - 30 * MINUTE,
      until: start,
    });
  });
});
