import { HOLIDAY_NAMES } from '../../../src/domain/calendar/holidayNames';
import { isRegion, publicHolidays } from '../../../src/domain/calendar/holidays';
import { addDays } from '../../../src/domain/calendar/zone';
import { CLIENT_LOCALES } from '../../../src/presentation/texts';

/** § 2 Feiertagsgesetz NW: fixed days, and days after Easter Sunday. */
const FIXED = ['01-01', '05-01', '10-03', '11-01', '12-25', '12-26'];
const AFTER_EASTER = {
  'Good Friday': -2,
  'Easter Monday': 1,
  'Ascension Day': 39,
  'Whit Monday': 50,
  'Corpus Christi': 60,
};
const EASTER = [
  '2026-04-05',
  '2027-03-28',
  '2028-04-16',
  '2029-04-01',
  '2030-04-21',
  '2031-04-13',
  '2032-03-28',
  '2033-04-17',
  '2038-04-25',
];

const WHOLE_DAY = { start: '00:00', end: '24:00' };

describe('publicHolidays', () => {
  it.each(EASTER)('returns the eleven days of North Rhine-Westphalia and no others, with Easter on %s', (easter) => {
    const year = easter.slice(0, 4);
    const expected = [
      ...FIXED.map((day) => `${year}-${day}`),
      ...Object.values(AFTER_EASTER).map((n) => addDays(easter, n)),
    ];
    const found = [...publicHolidays('DE-NW', `${year}-01-01`, `${Number(year) + 1}-01-01`).keys()];
    expect(found).toEqual(expected.sort());
    expect(found).toHaveLength(11);
  });

  it.each(Object.entries(AFTER_EASTER))('names %s', (name, n) => {
    const date = addDays('2027-03-28', n);
    expect(publicHolidays('DE-NW', date, addDays(date, 1)).get(date)?.name.en).toBe(name);
  });

  it('names every day in German and in English', () => {
    const name = { ...HOLIDAY_NAMES.Fronleichnam, de: 'Fronleichnam', en: 'Corpus Christi' };
    expect(publicHolidays('DE-NW', '2027-05-27', '2027-05-28')).toEqual(
      new Map([['2027-05-27', { name, closed: [WHOLE_DAY] }]]),
    );
  });

  it('knows no holiday on the days that only custom or banks keep', () => {
    const custom = ['2026-04-05', '2026-12-24', '2026-12-31', '2027-02-04', '2027-02-08', '2027-10-31'];
    const all = publicHolidays('DE-NW', '2026-01-01', '2028-01-01');
    expect(custom.filter((date) => all.has(date))).toEqual([]);
  });

  it('is half-open and crosses the year', () => {
    const turn = publicHolidays('DE-NW', '2026-12-26', '2027-01-01');
    expect([...turn.keys()]).toEqual(['2026-12-26']);
    expect([...publicHolidays('DE-NW', '2026-12-26', '2027-01-02').keys()]).toEqual(['2026-12-26', '2027-01-01']);
    expect(publicHolidays('DE-NW', '2027-01-01', '2027-01-01').size).toBe(0);
  });

  it('gives two holidays on one day both names', () => {
    expect(publicHolidays('DE-NW', '2008-05-01', '2008-05-02').get('2008-05-01')?.name.de).toMatch(/ \/ /);
  });

  it.each([
    ['CH-SO', '2027-05-01', ['12:00-24:00']],
    ['AU-QLD', '2026-12-24', ['18:00-24:00']],
    ['AU-QLD', '2026-12-25', ['00:00-24:00']],
    // Bayram of 2027, 3¾ days from the evening on which it begins.
    ['TR', '2027-03-08', ['18:00-24:00']],
    ['TR', '2027-03-09', ['00:00-24:00']],
    ['TR', '2027-03-11', ['00:00-24:00']],
    ['TR', '2027-03-12', ['00:00-12:00']],
    ['TR', '2027-03-13', []],
    // Days of 23 and 25 hours are whole, and so is one that begins at sunset, which the law counts by the day.
    ['DE-BB', '2027-03-28', ['00:00-24:00']],
    ['DE-BB', '2027-10-31', ['00:00-24:00']],
    ['AE', '2027-03-08', []],
    ['AE', '2027-03-09', ['00:00-24:00']],
  ])('returns for %s on %s the closed times %j', (region, date, stretches) => {
    const holiday = publicHolidays(region, date, addDays(date, 1)).get(date);
    expect((holiday?.closed ?? []).map(({ start, end }) => `${start}-${end}`)).toEqual(stretches);
  });
});

describe('isRegion', () => {
  it.each(['DE', 'DE-NW', 'DE-BY-A', 'AT'])('knows %s', (region) => expect(isRegion(region)).toBe(true));
  it.each(['', 'XX', 'DE-ZZ', 'DE-NW-A', 'de-nw', '__proto__', 'DE-NW 2027', 'A'.repeat(1e5)])(
    'does not know a region without holidays, nor a malformed code',
    (region) => {
      expect(isRegion(region)).toBe(false);
      expect(publicHolidays(region, '2027-01-01', '2028-01-01').size).toBe(0);
    },
  );

  it('are named in every language of clients, all over Germany', () => {
    const states = ['BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH'];
    const names = states.flatMap((state) =>
      [...publicHolidays(`DE-${state}`, '2026-01-01', '2028-01-01').values()].map(({ name }) => name),
    );
    for (const name of names)
      expect([name.de, Object.keys(name).sort()]).toEqual([name.de, [...CLIENT_LOCALES].sort()]);
  });
});
