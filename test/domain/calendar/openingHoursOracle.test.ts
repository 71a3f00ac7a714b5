import { openingDays } from '../../../src/domain/calendar/openingHours';
import { eachDay, localDate } from '../../../src/domain/calendar/zone';
import { windowsOfOsm } from '../../support/hoursReaders';
import { BERLIN, hoursWith, opening } from './northRhine';

/** What the package says, by day in Berlin. */
function theirs(text: string): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const { start, end } of windowsOfOsm(text)) {
    const date = localDate(start, BERLIN);
    days.set(date, [...(days.get(date) ?? []), `${start}-${end}`]);
  }
  return days;
}

describe('The opening_hours package agrees for 2026 to 2028, day by day', () => {
  const newYears = ['2026', '2027', '2028'].flatMap((year) => [
    opening(`${year}-12-24`, `${year}-12-25`, '09:00-12:00'),
    opening(`${year}-12-31`, `${Number(year) + 1}-01-01`, '09:00-12:00'),
  ]);

  it.each([
    ['Mo-Th 09:00-17:00; Fr 09:00-12:00; PH off', hoursWith()],
    ['Mo-Th 09:00-17:00; Fr 09:00-12:00; PH off; Dec 24,Dec 31 09:00-12:00', hoursWith(newYears)],
    ['Mo-Th 09:00-17:00; Fr 09:00-12:00', hoursWith([], { holidays: null })],
  ])('%s', (text, hours) => {
    const expected = theirs(text);
    const ours = openingDays(hours, '2026-01-01', '2029-01-01');
    expect(ours.map(({ date }) => date)).toEqual(eachDay('2026-01-01', '2029-01-01'));
    expect(ours.map(({ date, windows }) => [date, windows.map(({ start, end }) => `${start}-${end}`)])).toEqual(
      ours.map(({ date }) => [date, expected.get(date) ?? []]),
    );
    expect(expected.size).toBeGreaterThan(700);
  });
});
