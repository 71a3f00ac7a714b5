import { customaryExceptions } from '../../../src/domain/calendar/customaryDays';
import { customaryName } from '../../../src/domain/calendar/customaryNames';
import { assertException } from '../../../src/domain/calendar/openingHours';
import { CLIENT_LOCALES } from '../../../src/presentation/texts';
import { aDesk } from '../../support/builders';

const { hours } = aDesk();
const listed = (part: Partial<typeof hours>, from: string, to: string) =>
  customaryExceptions({ ...hours, ...part }, from, to).map((each) => `${each.from} ${each.reason.de}`);

describe('customaryExceptions', () => {
  it('offers a year of North Rhine-Westphalia: carnival, bridge days, Christmas Eve, between the years, New Year’s Eve', () => {
    expect(listed({}, '2026-01-01', '2027-01-01')).toEqual([
      '2026-01-02 Brückentag',
      '2026-02-12 Altweiber',
      '2026-02-16 Rosenmontag',
      '2026-05-15 Brückentag',
      '2026-06-05 Brückentag',
      '2026-12-24 Heiligabend',
      '2026-12-27 Zwischen den Jahren',
      '2026-12-31 Silvester',
    ]);
  });

  it('closes Altweiber from eleven only', () => {
    const [thursday] = customaryExceptions(hours, '2027-02-01', '2027-02-07');
    expect(thursday).toMatchObject({ from: '2027-02-04', closed: false, pauses: [{ start: '11:00', end: '24:00' }] });
  });

  it('offers no carnival in Berlin, and neither carnival nor bridges where no holidays are kept', () => {
    expect(listed({ holidays: 'DE-BE' }, '2026-02-01', '2026-03-01')).toEqual([]);
    expect(listed({ holidays: null }, '2026-01-01', '2026-12-25')).toEqual(['2026-12-24 Heiligabend']);
  });

  it('leaves out what is entered already, and days that are closed anyway', () => {
    const entered = { id: 'x', from: '2026-12-28', to: '2026-12-29', closed: true, windows: [], reason: { de: 'x' } };
    expect(listed({ exceptions: [entered] }, '2026-12-24', '2027-01-01')).toEqual([
      '2026-12-24 Heiligabend',
      '2026-12-31 Silvester',
    ]);
    // 24 December 2028 is a Sunday.
    expect(listed({}, '2028-12-24', '2028-12-27')).toEqual([]);
  });

  it('finds the Monday before a holiday on a Tuesday', () => {
    // 3 October 2028 is a Tuesday.
    expect(listed({}, '2028-10-01', '2028-10-03')).toEqual(['2028-10-02 Brückentag']);
  });

  it('names each day in every language, and only days that may be entered', () => {
    for (const each of customaryExceptions(hours, '2026-01-01', '2027-01-01')) {
      expect(() => assertException(each)).not.toThrow();
      expect(Object.keys(each.reason).sort()).toEqual([...CLIENT_LOCALES].sort());
      expect(customaryName(each.reason.de ?? '')).toEqual(each.reason);
    }
    expect(customaryName('Betriebsausflug')).toEqual({});
  });
});
