import type { HoursRule } from '../../../src/domain/calendar/hours';
import { assertHoursRule } from '../../../src/domain/calendar/openingHours';
import { occurrences, parseRule } from '../../../src/domain/calendar/recurrence';
import { unwrapped } from '../../../src/domain/calendar/ruleText';

const rule = (rrule: string, part: Partial<HoursRule> = {}): HoursRule => ({
  rrule,
  start: '09:00',
  end: '17:00',
  ...part,
});
const refusal = (part: string) =>
  expect.objectContaining({ code: 'invalid-rule', details: { part, reason: expect.stringMatching(/^\S+ \S+/) } });

describe('parseRule', () => {
  it('reads every part of the profile', () => {
    expect(parseRule('FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;BYMONTH=1,7;BYSETPOS=-1;UNTIL=20301231;WKST=SU')).toEqual({
      freq: 'MONTHLY',
      interval: 2,
      byDay: [
        { weekday: 1, nth: 1 },
        { weekday: 5, nth: -1 },
      ],
      byMonthDay: [],
      byMonth: [1, 7],
      byWeekNo: [],
      bySetPos: [-1],
      count: null,
      until: '2030-12-31',
      weekStart: 7,
    });
  });

  it.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY',
    'FREQ=YEARLY',
    'BYDAY=MO,TU;FREQ=WEEKLY;INTERVAL=2',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
    'FREQ=YEARLY;BYDAY=53MO',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTHDAY=-29;BYMONTH=2',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=DAILY;INTERVAL=999;COUNT=1000',
    'FREQ=YEARLY;BYWEEKNO=1,-1,53;BYDAY=MO,SU;WKST=SU',
  ])('accepts %s', (text) => expect(() => parseRule(text)).not.toThrow());

  const hostile = [
    ['FREQ', 'FREQ=SECONDLY'],
    ['FREQ', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'],
    ['FREQ', 'FREQ=MINUTELY'],
    ['BYHOUR', 'FREQ=MINUTELY;BYHOUR=25'],
    ['FREQ', 'FREQ=HOURLY'],
    ['FREQ', 'FREQ=weekly'],
    ['FREQ', 'BYDAY=MO'],
    ['FREQ', 'FREQ=WEEKLY;FREQ=DAILY'],
    ['BYDAY', 'FREQ=WEEKLY;BYDAY=MO;BYDAY=TU'],
    ['BYDAY', 'FREQ=WEEKLY;BYDAY=MO,MO'],
    ['BYDAY', 'FREQ=WEEKLY;BYDAY=XX'],
    ['BYDAY', 'FREQ=WEEKLY;BYDAY=1MO'],
    ['BYDAY', 'FREQ=MONTHLY;BYDAY=0MO'],
    ['BYDAY', 'FREQ=MONTHLY;BYDAY=6MO'],
    ['BYDAY', 'FREQ=YEARLY;BYDAY=54MO'],
    ['BYDAY', 'FREQ=MONTHLY;BYDAY=MO,1TU'],
    ['BYDAY', 'FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=7'],
    ['BYDAY', 'FREQ=WEEKLY;BYDAY='],
    ['BYDAY', 'FREQ=WEEKLY;BYDAY=MO,'],
    ['BYMONTHDAY', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
    ['BYMONTHDAY', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'],
    ['BYMONTHDAY', 'FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31'],
    ['BYMONTHDAY', 'FREQ=MONTHLY;BYMONTHDAY=0'],
    ['BYMONTHDAY', 'FREQ=MONTHLY;BYMONTHDAY=32'],
    ['BYMONTHDAY', 'FREQ=WEEKLY;BYMONTHDAY=1'],
    ['BYMONTH', 'FREQ=YEARLY;BYMONTH=13'],
    ['BYMONTH', 'FREQ=YEARLY;BYMONTH=-1'],
    ['BYSETPOS', 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6'],
    ['BYSETPOS', 'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2'],
    ['BYSETPOS', 'FREQ=MONTHLY;BYSETPOS=1'],
    ['BYSETPOS', 'FREQ=DAILY;BYDAY=MO;BYSETPOS=1'],
    ['BYSETPOS', 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0'],
    ['INTERVAL', 'FREQ=DAILY;INTERVAL=0'],
    ['INTERVAL', 'FREQ=DAILY;INTERVAL=-1'],
    ['INTERVAL', 'FREQ=DAILY;INTERVAL=1.5'],
    ['INTERVAL', 'FREQ=DAILY;INTERVAL=1000000000'],
    ['COUNT', 'FREQ=DAILY;COUNT=1000000000'],
    ['COUNT', 'FREQ=DAILY;COUNT=1e9'],
    ['COUNT', 'FREQ=DAILY;COUNT=0'],
    ['COUNT', 'FREQ=DAILY;COUNT=5;UNTIL=20301231'],
    ['UNTIL', 'FREQ=DAILY;UNTIL=20300230'],
    ['UNTIL', 'FREQ=DAILY;UNTIL=20301231T080000Z'],
    ['UNTIL', 'FREQ=DAILY;UNTIL=99991231'],
    ['UNTIL', 'FREQ=DAILY;UNTIL=2030-12-31'],
    ['WKST', 'FREQ=WEEKLY;WKST=1MO'],
    ['BYHOUR', 'FREQ=DAILY;BYHOUR=9'],
    ['BYMINUTE', 'FREQ=DAILY;BYMINUTE=0'],
    ['BYSECOND', 'FREQ=DAILY;BYSECOND=0'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=20'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=0;BYDAY=MO'],
    ['BYWEEKNO', 'FREQ=WEEKLY;BYWEEKNO=20;BYDAY=MO'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;INTERVAL=2'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;BYMONTH=5'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;BYMONTH=12;BYMONTHDAY=30'],
    ['BYWEEKNO', 'FREQ=YEARLY;BYWEEKNO=1,2;BYDAY=MO;BYSETPOS=1'],
    ['BYYEARDAY', 'FREQ=YEARLY;BYYEARDAY=100'],
    ['BYEASTER', 'FREQ=YEARLY;BYEASTER=1'],
    ['DTSTART', 'DTSTART=20260101;FREQ=DAILY'],
    ['DTSTART', 'DTSTART;TZID=Europe/Berlin:20261019T090000\nRRULE:FREQ=WEEKLY;COUNT=3'],
    ['EXDATE', 'FREQ=DAILY;EXDATE=20260101'],
    ['RRULE', 'RRULE:FREQ=DAILY'],
    ['FREQ', 'FREQ=DAILY\nEXDATE:20260101'],
    ['FREQ', 'FREQ=DAILY\r\n'],
    ['FREQ', 'FREQ=DAILY '],
    ['RRULE', 'FREQ=DAILY;'],
    ['RRULE', ''],
    ['RRULE', ' '],
    ['X-NAME', 'FREQ=DAILY;X-NAME=1'],
    ['__proto__', 'FREQ=DAILY;__proto__=1'],
    ['RRULE', `FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(5_000_000)}1`],
    ['RRULE', ';'.repeat(1_000_000)],
  ].map(([part = '', text = '']) => ({ part, text, shown: JSON.stringify(text.slice(0, 70)) }));

  it.each(hostile)('refuses within 50 ms, naming $part: $shown', ({ part, text }) => {
    expect(() => parseRule(text)).toThrow(refusal(part));
    // The best of three: a machine that is busy with other work proves nothing. Refusals are not kept.
    const times = [1, 2, 3].map(() => {
      const before = performance.now();
      try {
        parseRule(text);
      } catch {}
      return performance.now() - before;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('says which part is wrong and what is expected', () => {
    expect(() => parseRule('FREQ=DAILY;BYHOUR=9')).toThrow(
      /BYHOUR is not allowed here; expected FREQ, INTERVAL, BYDAY/,
    );
    expect(() => parseRule('FREQ=DAILY;INTERVAL=0')).toThrow(/INTERVAL expected a whole number from 1 to 999/);
  });
});

describe('assertHoursRule', () => {
  it('refuses a rule that other programs read as another day, but a stored one is still expanded', () => {
    const fifteenth = rule('FREQ=YEARLY;BYMONTHDAY=15');
    expect(() => assertHoursRule(fifteenth)).toThrow(refusal('BYMONTHDAY'));
    expect(() => assertHoursRule(rule('FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=15'))).not.toThrow();
    expect(() => assertHoursRule(rule('FREQ=MONTHLY;BYMONTHDAY=15'))).not.toThrow();
    expect(occurrences(fifteenth, '2026-12-01', '2027-02-01')).toEqual(['2026-12-15', '2027-01-15']);
  });
});

describe('unwrapped', () => {
  it.each([
    ['RRULE:FREQ=DAILY', 'FREQ=DAILY'],
    [' rrule:FREQ=WEEKLY;BYDAY=MO,\r\n TU\r\n', 'FREQ=WEEKLY;BYDAY=MO,TU'],
    ['FREQ=DAILY', 'FREQ=DAILY'],
    ['EXRULE:FREQ=DAILY', 'EXRULE:FREQ=DAILY'],
    ['', ''],
  ])('reduces %j to the rule', (text, alone) => expect(unwrapped(text)).toBe(alone));
});

describe('occurrences', () => {
  it('is half-open', () => {
    expect(occurrences(rule('FREQ=WEEKLY;BYDAY=MO'), '2026-12-07', '2026-12-21')).toEqual(['2026-12-07', '2026-12-14']);
    expect(occurrences(rule('FREQ=WEEKLY;BYDAY=MO'), '2026-12-07', '2026-12-07')).toEqual([]);
    expect(occurrences(rule('FREQ=DAILY'), '2026-12-08', '2026-12-07')).toEqual([]);
  });

  it('includes the day of UNTIL', () => {
    const last = rule('FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214');
    expect(occurrences(last, '2026-12-01', '2027-01-01')).toEqual(['2026-12-07', '2026-12-14']);
  });

  it('leaves out the day from which the rule no longer holds', () => {
    const ended = rule('FREQ=WEEKLY;BYDAY=MO', { until: '2026-12-14' });
    expect(occurrences(ended, '2026-12-01', '2027-01-01')).toEqual(['2026-12-07']);
  });

  it('counts every second week from the week of its first day', () => {
    const fortnight = (from: string) => rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', { from });
    const december = (r: HoursRule) => occurrences(r, '2026-12-01', '2027-01-01');
    // 2026-12-03 is a Thursday: the week of that day counts as the first, though its Monday is over.
    expect(december(fortnight('2026-12-03'))).toEqual(['2026-12-14', '2026-12-28']);
    expect(december(fortnight('2026-12-07'))).toEqual(['2026-12-07', '2026-12-21']);
  });

  it('begins the weeks of INTERVAL where WKST says (the example of RFC 5545 §3.8.5.3)', () => {
    const weeks = (wkst: string) =>
      rule(`FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${wkst}`, { from: '1997-08-05' });
    const of = (wkst: string) => occurrences(weeks(wkst), '1997-01-01', '1998-01-01');
    expect(of('MO')).toEqual(['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']);
    expect(of('SU')).toEqual(['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']);
  });

  it('does not make its first day an occurrence that the rule does not name', () => {
    const mondays = rule('FREQ=WEEKLY;BYDAY=MO;COUNT=2', { from: '2026-12-03' });
    expect(occurrences(mondays, '2026-01-01', '2027-12-31')).toEqual(['2026-12-07', '2026-12-14']);
  });

  it('counts COUNT from the first day, not from the question', () => {
    const three = rule('FREQ=WEEKLY;BYDAY=MO;COUNT=3', { from: '2026-12-01' });
    expect(occurrences(three, '2026-12-10', '2030-01-01')).toEqual(['2026-12-14', '2026-12-21']);
    expect(occurrences(three, '2026-12-22', '2030-01-01')).toEqual([]);
  });

  it('takes weekday or date from the first day where the rule names none', () => {
    const year = (r: HoursRule) => occurrences(r, '2027-01-01', '2028-01-01').slice(0, 3);
    expect(year(rule('FREQ=WEEKLY', { from: '2026-12-01' }))).toEqual(['2027-01-05', '2027-01-12', '2027-01-19']);
    expect(year(rule('FREQ=MONTHLY', { from: '2026-12-31' }))).toEqual(['2027-01-31', '2027-03-31', '2027-05-31']);
    expect(year(rule('FREQ=YEARLY', { from: '2020-02-28' }))).toEqual(['2027-02-28']);
    expect(year(rule('FREQ=WEEKLY'))).toEqual(['2027-01-07', '2027-01-14', '2027-01-21']);
  });

  it('returns nothing, without delay, for a rule that its first day makes impossible', () => {
    expect(occurrences(rule('FREQ=MONTHLY;BYMONTH=2', { from: '2026-01-31' }), '2026-01-01', '2100-01-01')).toEqual([]);
    expect(occurrences(rule('FREQ=MONTHLY;INTERVAL=12;BYMONTH=3'), '2026-01-01', '2100-01-01')).toEqual([]);
  });

  it('returns a day once if two positions mean it', () => {
    const both = rule('FREQ=MONTHLY;BYDAY=MO;BYSETPOS=3,-2;COUNT=2', { from: '2025-01-01' });
    expect(occurrences(both, '2025-01-01', '2026-01-01')).toEqual(['2025-01-20', '2025-02-17']);
    const fourthAndLast = rule('FREQ=MONTHLY;BYDAY=4TU,-1TU;COUNT=2', { from: '2025-01-01' });
    expect(occurrences(fourthAndLast, '2025-01-01', '2026-01-01')).toEqual(['2025-01-28', '2025-02-25']);
  });

  it('returns nothing for a position that counts back beyond the first day', () => {
    const thirdLast = rule('FREQ=MONTHLY;BYDAY=1MO,2MO,3MO;BYMONTH=1,2;BYSETPOS=-3');
    expect(occurrences(thirdLast, '2027-01-01', '2028-01-01')).toEqual(['2027-01-04', '2027-02-01']);
    const fifthLast = rule('FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-5');
    expect(occurrences(fifthLast, '2027-01-01', '2027-06-01')).toEqual(['2027-03-01', '2027-05-03']);
  });

  it('counts weeks of the year as ISO 8601 does, also around new year', () => {
    const weeks = (numbers: string, days: string, part = {}) =>
      rule(`FREQ=YEARLY;BYWEEKNO=${numbers};BYDAY=${days}`, part);
    // 2026 has 53 weeks: the last ends on Sunday, 3 January.
    expect(occurrences(weeks('53', 'MO,FR,SU'), '2026-01-01', '2032-01-01')).toEqual([
      '2026-12-28',
      '2027-01-01',
      '2027-01-03',
    ]);
    // 1 January 2028 is a Saturday of week 52 of 2027.
    expect(occurrences(weeks('-1', 'SA'), '2027-12-01', '2029-01-01')).toEqual(['2028-01-01', '2028-12-30']);
    expect(occurrences(weeks('1', 'MO'), '2024-12-01', '2026-01-01')).toEqual(['2024-12-30', '2025-12-29']);
  });

  it('finds a leap day', () => {
    const leap = rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29');
    expect(occurrences(leap, '2026-01-01', '2033-01-01')).toEqual(['2028-02-29', '2032-02-29']);
    expect(occurrences(leap, '2097-01-01', '2105-01-01')).toEqual(['2104-02-29']);
  });

  it('answers for 400 days far ahead in a few milliseconds', () => {
    const far = ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', 'FREQ=DAILY', 'FREQ=DAILY;INTERVAL=3', 'FREQ=MONTHLY;BYDAY=-1FR'];
    for (const text of far) {
      const times = [2050, 2060, 2070].map((year) => {
        // Of the processor, since others may be busy on it.
        const before = process.cpuUsage();
        occurrences(rule(text), `${year}-01-01`, `${year + 1}-02-05`);
        return process.cpuUsage(before).user / 1000;
      });
      expect(Math.min(...times)).toBeLessThan(25);
    }
  });
});
