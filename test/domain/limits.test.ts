import fc from 'fast-check';
import { HOUR } from '../../src/domain/calendar/interval';
import {
  assertAllowed,
  limitsOf,
  mostBookingsPerHour,
  mostHeld,
  nextAllowed,
  rising,
  USUAL_LIMITS,
  unusualLimits,
} from '../../src/domain/limits';

const ALONE = { shared: false };
const SHARED = { shared: true };

describe('nextAllowed', () => {
  const rate = { most: 3, window: HOUR };

  it('is now as long as fewer events lie within the window', () => {
    expect(nextAllowed([], rate, 100)).toBe(100);
    expect(nextAllowed([1, 2], rate, 100)).toBe(100);
    expect(nextAllowed([1, 2, 3], rate, 1 + HOUR)).toBe(1 + HOUR);
  });

  it('is the time at which the oldest of the last events leaves the window, counting future events as well', () => {
    expect(nextAllowed([1, 2, 3], rate, HOUR)).toBe(1 + HOUR);
    expect(nextAllowed([0, 1, 2, 3], rate, 10)).toBe(1 + HOUR);
    expect(nextAllowed([5, 6, 2 * HOUR], rate, 10)).toBe(5 + HOUR);
  });

  it('never allows more events in any stretch of the window’s length', () => {
    const tries = fc.array(fc.integer({ min: 0, max: 5 * HOUR }), { maxLength: 60 });
    fc.assert(
      fc.property(tries, fc.integer({ min: 1, max: 6 }), (at, most) => {
        const done: number[] = [];
        for (const now of [...at].sort((a, b) => a - b))
          if (nextAllowed(done, { most, window: HOUR }, now) === now) done.push(now);
        for (const first of done)
          expect(done.filter((time) => time >= first && time < first + HOUR).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('Limits by network', () => {
  it('rise with the width of the network', () => {
    expect(rising(10)).toEqual({ host: 10, '/24': 25, '/48': 50 });
    expect((['host', '/24', '/48'] as const).map((width) => mostBookingsPerHour(USUAL_LIMITS, width, ALONE))).toEqual([
      60, 150, 300,
    ]);
    expect(mostBookingsPerHour(USUAL_LIMITS, 'host', SHARED)).toBe(3_000);
  });

  it('of holds are a share of the starts on offer, and ten at least', () => {
    expect([0, 200, 219, 400, 2_000].map((starts) => mostHeld(USUAL_LIMITS, starts, 'host', ALONE))).toEqual([
      10, 10, 10, 20, 100,
    ]);
    expect(mostHeld(USUAL_LIMITS, 400, '/48', ALONE)).toBe(100);
    expect(mostHeld(USUAL_LIMITS, 0, 'host', SHARED)).toBe(60);
  });
});

describe('A desk’s limits', () => {
  it('are the default ones unless the desk states others', () => {
    expect(limitsOf({})).toEqual(USUAL_LIMITS);
    expect(unusualLimits(USUAL_LIMITS)).toEqual({});
    const own = { mailsPerAddress: { day: 40 }, bookingsPerHour: { '/48': 500 }, heldShare: 0.1 };
    expect(limitsOf(own).mailsPerAddress).toEqual({ hour: 10, day: 40 });
    expect(unusualLimits(limitsOf(own))).toEqual(own);
  });

  it('refuse with the seconds to wait, rounded up', () => {
    expect(() => assertAllowed('mails', 5, 5)).not.toThrow();
    expect(() => assertAllowed('mails', 1_501, 0)).toThrow(
      expect.objectContaining({
        code: 'too-many-requests',
        details: expect.objectContaining({ limit: 'mails', retryAfterSeconds: 2 }),
      }),
    );
  });
});
