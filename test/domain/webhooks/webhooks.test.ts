import fc from 'fast-check';
import { MAX_HELD_MS, WAITS_MS } from '../../../src/domain/notifications/attempts';
import { isAway, isTaken, restsUntil } from '../../../src/domain/webhooks/delivery';
import { leftTime } from '../../../src/domain/webhooks/news';
import { signingSecrets, webhookSecret, withNewSecret } from '../../../src/domain/webhooks/webhook';
import { aBooking, NOW, span, TUESDAY_NINE } from '../../support/builders';
import { cases } from '../../support/cases';
import { aWebhook } from '../../support/webhooks';

const DAY = 24 * 3_600_000;
const happened = { bookingId: 'b', at: NOW, by: { kind: 'client' as const }, reason: null };

describe("A webhook's secret", () => {
  it('is the random bytes in base64, behind whsec_', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (bytes) => {
        const secret = webhookSecret(Buffer.from(bytes).toString('base64url'));
        expect(secret).toBe(`whsec_${Buffer.from(bytes).toString('base64')}`);
      }),
      { numRuns: cases(100) },
    );
  });

  it('signs for a day after the next one, and no longer; the one before that not at all', () => {
    const rotated = withNewSecret(aWebhook({ sealedSecret: 'first' }), 'second', NOW);
    expect(signingSecrets(rotated, NOW + DAY - 1)).toEqual(['second', 'first']);
    expect(signingSecrets(rotated, NOW + DAY)).toEqual(['second']);
    expect(signingSecrets(withNewSecret(rotated, 'third', NOW + 1), NOW + 2)).toEqual(['third', 'second']);
  });
});

describe('A receiver', () => {
  it.each([
    [{ status: 200 }, true, false],
    [{ status: 299 }, true, false],
    [{ status: 301 }, false, false],
    [{ status: 404 }, false, false],
    [{ status: 500 }, false, false],
    [{ status: 429 }, false, true],
    [{ status: 503 }, false, true],
    [{ notReached: 'time' }, false, true],
  ] as const)('that answers %j has taken a message: %s, is away: %s', (outcome, taken, away) => {
    expect([isTaken(outcome), isAway(outcome)]).toEqual([taken, away]);
  });

  it('rests for longer each time, but never for longer than a mail waits', () => {
    const waits = [1, 2, 3, 4, 5, 6, 60].map((failures) => restsUntil(failures, NOW) - NOW);
    expect(waits).toEqual([...WAITS_MS, WAITS_MS.at(-1), WAITS_MS.at(-1)]);
    expect(Math.max(...waits)).toBeLessThan(MAX_HELD_MS);
  });
});

describe('A time', () => {
  const later = span('2026-12-01T11:00:00+01:00', 30);
  const from = { time: TUESDAY_NINE, advisorId: 'a1' };
  it.each([
    ['a cancellation', aBooking(), { type: 'cancelled', from: null }, TUESDAY_NINE],
    ['a move', aBooking({ time: later }), { type: 'moved', from }, TUESDAY_NINE],
    ['the undo of a move', aBooking({ time: later }), { type: 'move_undone', from }, TUESDAY_NINE],
    ['another advisor', aBooking(), { type: 'reassigned', from }, undefined],
    ['a booking', aBooking(), { type: 'booked', from: null }, undefined],
    ['a restored booking', aBooking({ time: later }), { type: 'restored', from }, undefined],
  ] as const)('is left by %s, if at all', (_, booking, event, left) => {
    expect(leftTime(booking, { ...happened, ...event }, NOW)).toEqual(left);
    expect(leftTime(booking, { ...happened, ...event }, TUESDAY_NINE.start)).toBeUndefined();
  });
});
