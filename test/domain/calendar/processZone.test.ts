import { createHash } from 'node:crypto';
import { openingWindows } from '../../../src/domain/calendar/openingHours';
import { localDate, localTime, startOfDay, toIso } from '../../../src/domain/calendar/zone';
import { candidates } from '../../../src/domain/slots/candidates';
import { BERLIN, closure, hoursWith, opening } from './northRhine';

/** Minutes west of UTC, as `getTimezoneOffset` counts, on 1 January and 1 July 2026. */
const EXPECTED: Record<string, [number, number]> = {
  UTC: [0, 0],
  'Europe/Berlin': [-60, -120],
  'America/New_York': [300, 240],
  'Pacific/Apia': [-780, -780],
};

describe('The process zone', () => {
  // `npm run test:zones` runs these tests once in each zone; without this one it could run them four times in the same.
  const { TZ } = process.env;
  const expected = EXPECTED[TZ ?? ''];
  const inZone = expected ? it : it.skip;
  const why = expected ? '' : ` (skipped: TZ is ${TZ ?? 'not set'}, and only zones with known offsets can be checked)`;
  inZone(`is the one that TZ names${why}`, () => {
    const offsets = ['2026-01-01T12:00Z', '2026-07-01T12:00Z'].map((text) => new Date(text).getTimezoneOffset());
    expect(offsets).toEqual(expected);
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(TZ);
  });

  it('changes no slot of three years', () => {
    const hours = hoursWith([
      closure('2026-12-24', '2027-01-04'),
      opening('2026-12-29', '2026-12-30', '10:00-14:00'),
      opening('2027-03-28', '2027-03-29', '01:00-04:00'),
      opening('2027-10-31', '2027-11-01', '01:00-04:00'),
    ]);
    const range = { start: startOfDay('2026-01-01', BERLIN), end: startOfDay('2029-01-01', BERLIN) };
    const slots = candidates(openingWindows(hours, range), { duration: 45, buffer: 15, grid: 30 });
    const lines = slots.map(
      ({ start }) => `${start} ${toIso(start, BERLIN)} ${localDate(start, BERLIN)} ${localTime(start, BERLIN)}`,
    );
    expect(lines).toHaveLength(9787);
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(
      'd8ca0f73973d7fd50f8406115a67e06aff3cc870ca763744ae47d7750c6046de',
    );
  });
});
