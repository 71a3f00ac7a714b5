import type { Reserve } from '../../../src/domain/desk';
import { reserveUse } from '../../../src/domain/slots/reserveUse';
import { aBooking, aDesk, span } from '../../support/builders';

const { hours } = aDesk();
/** Monday to Sunday: open on five days. */
const WEEK = { from: '2026-11-30', to: '2026-12-07' };
const reserve = (part: Partial<Reserve> = {}): Reserve => ({
  ...{ language: 'ja', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 2, ...part },
});
const at = (day: string, booked: string, part: Partial<ReturnType<typeof aBooking>> = {}) =>
  aBooking({
    language: 'ja',
    time: span(`2026-12-${day}T09:00:00+01:00`, 30),
    createdAt: Date.parse(`${booked}:00+01:00`),
    ...part,
  });
const use = (bookings: ReturnType<typeof aBooking>[], part: Partial<Reserve> = {}) => {
  const [{ reserve: _, ...counts }] = reserveUse(hours, [reserve(part)], bookings, WEEK) as [
    ReturnType<typeof reserveUse>[0],
  ];
  return counts;
};

describe('What reserves would have done', () => {
  it('is that they kept their starts on each day on which the desk was open', () => {
    expect(use([])).toEqual({ kept: 10, used: 0, released: 10, late: 0 });
    expect(use([], { startsPerDay: 1 })).toMatchObject({ kept: 5, released: 5 });
  });

  it('counts whom they were kept for, up to the release of the day', () => {
    // Wednesday is released on Monday morning, two working days before.
    expect(use([at('02', '2026-11-29T23:59')])).toEqual({ kept: 10, used: 1, released: 9, late: 0 });
    expect(use([at('02', '2026-11-30T00:00')])).toEqual({ kept: 10, used: 0, released: 10, late: 1 });
    expect(use([at('02', '2026-12-01T23:00')], { releaseWorkingDays: 0 })).toMatchObject({ used: 1, late: 0 });
  });

  it('counts no more on a day than was kept, nobody of another kind, and no cancelled booking', () => {
    const early = '2026-11-20T09:00';
    expect(use([at('02', early), at('02', early), at('02', early)])).toMatchObject({ used: 2, released: 8 });
    expect(use([at('02', early, { language: 'de' }), at('02', early, { status: 'cancelled' })])).toMatchObject({
      used: 0,
    });
    expect(use([at('02', early)], { topicId: 'career' })).toMatchObject({ used: 0 });
    expect(use([at('02', early, { urgent: true })], { language: null, urgent: true })).toMatchObject({ used: 1 });
  });
});
