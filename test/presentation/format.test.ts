import {
  anyOf,
  betweenAll,
  clock,
  dayAndMonth,
  dayName,
  deskTime,
  languageName,
  weekdayName,
  withOrganisation,
} from '../../src/presentation/format';

const MARCH = Date.parse('2027-03-30T07:00:00Z');
const JANUARY = Date.parse('2027-01-04T08:00:00Z');

describe('Formatted dates', () => {
  it('name the weekday, in the desk’s zone and the reader’s language', () => {
    const de = deskTime('de', 'Europe/Berlin');
    const en = deskTime('en', 'Europe/Berlin');
    expect(de.dateAndTime(MARCH)).toBe('Dienstag, 30. März 2027 um 09:00');
    expect(en.dateAndTime(MARCH)).toBe('Tuesday, 30 March 2027 at 09:00');
    expect([de.day(MARCH), en.day(MARCH)]).toEqual(['Dienstag, 30. März', 'Tuesday, 30 March']);
    expect([de.shortDay(MARCH), en.shortDay(MARCH)]).toEqual(['Di, 30. März', 'Tue, 30 March']);
    expect([de.briefDay(JANUARY), en.briefDay(JANUARY)]).toEqual(['Mo 4. Jan.', 'Mon 4 Jan']);
    expect(en.span({ start: MARCH, end: MARCH + 1_800_000 })).toBe('09:00–09:30');
  });

  it('say whether it is summer or winter time', () => {
    const de = deskTime('de', 'Europe/Berlin');
    expect([de.zoneShort(MARCH), de.zoneShort(JANUARY)]).toEqual(['MESZ', 'MEZ']);
    expect(de.zoneName(MARCH)).toBe('Mitteleuropäische Sommerzeit');
  });

  it('keep Latin digits and the Gregorian calendar in Arabic and Persian', () => {
    expect(deskTime('ar', 'Europe/Berlin').dateAndTime(MARCH)).toMatch(/30.*2027.*09:00/);
    expect(deskTime('fa', 'Europe/Berlin').date(MARCH)).toMatch(/2027/);
  });

  it('are also formatted from days and times without a zone', () => {
    expect(dayName('de', '2026-12-24')).toBe('Donnerstag, 24. Dezember 2026');
    expect(dayName('en', '2026-12-24', 'short')).toBe('Thu, 24 December');
    expect(dayAndMonth('de', '2026-12-24')).toBe('24. Dezember');
    expect(weekdayName('en', 1, 'short')).toBe('Mon');
    expect(clock('09:00')).toBe('9:00');
  });
});

describe('Languages', () => {
  it('are joined as in speech', () => {
    expect(anyOf('de', ['Deutsch'])).toBe('Deutsch');
    expect(anyOf('de', ['Deutsch', 'Türkisch'])).toBe('Deutsch oder Türkisch');
    expect(anyOf('en', ['German', 'Turkish', 'Ukrainian'])).toBe('German, Turkish or Ukrainian');
  });

  it('are named in the reader’s language, and in their own script for those who speak them', () => {
    expect([languageName('de', 'uk'), languageName('uk', 'uk'), languageName('ar', 'ar')]).toEqual([
      'Ukrainisch',
      'Українська',
      'العربية',
    ]);
  });
});

describe('A person for whom somebody else books', () => {
  it('is named with the organisation, if it was told', () => {
    expect(withOrganisation({ name: 'Kim Probe', organisation: 'Muster GmbH' })).toBe('Kim Probe, Muster GmbH');
    expect(withOrganisation({ name: 'Kim Probe', organisation: '' })).toBe('Kim Probe');
  });
});

describe('What stands between the items of a list', () => {
  it.each([
    ['en', 1, []],
    ['en', 2, [' and ']],
    ['de', 3, [', ', ' und ']],
    ['ar', 3, [' و', ' و']],
    ['ja', 4, ['、', '、', '、']],
  ] as const)('is as the language has it: %s, %d', (language, count, between) => {
    expect(betweenAll(language, count)).toEqual(between);
  });
});
