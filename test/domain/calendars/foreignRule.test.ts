import { readFileSync } from 'node:fs';
import { DAY } from '../../../src/domain/calendar/dates';
import { occurrencesOf, readForeignRule, ruleOfDays } from '../../../src/domain/calendars/foreignRule';
import { wallOf } from '../../../src/domain/calendars/foreignTimes';
import { Steps } from '../../../src/domain/calendars/steps';
import { foreign } from '../../support/foreign';

const END = Date.UTC(2200, 0, 1);
const wall = (text: string) => wallOf(text) ?? Number.NaN;
const textOf = (at: number) => new Date(at).toISOString().replace(/[-:]|\.000Z/g, '');

/** The first occurrences of a rule, at most as many as are given. */
function first(text: string, start: string, most: number): string[] | null {
  const read = readForeignRule(text);
  if (!read) return null;
  const rule = start.includes('T') ? read : ruleOfDays(read);
  const until = rule.until === null ? END : (wallOf(rule.until) ?? END) + (rule.until.includes('T') ? 1 : DAY);
  const to = Math.min(until, wall(start) + most * 400 * DAY * rule.interval + 3000 * DAY);
  return occurrencesOf(rule, wall(start), { from: wall(start), to, steps: new Steps(1_000_000) })
    .slice(0, most)
    .map(textOf);
}

const suite = foreign('recurrence/icalrecur_test.txt');

(suite ? describe : describe.skip)('A rule of libical’s own tests', () => {
  const cases = (suite ? readFileSync(suite, 'utf8') : '').split(/\n\s*\n/).flatMap((block) => {
    const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(block)?.[1]?.trim();
    const [rule, start, instances] = [field('RRULE'), field('DTSTART'), field('INSTANCES')];
    return rule && start && instances && !/^#?START-AT|UNIMPLEMENTED/m.test(block) ? [{ rule, start, instances }] : [];
  });

  it('is read right, or is refused', () => {
    const outcomes = cases.map(({ rule, start, instances }) => {
      const expected = instances
        .split(',')
        .map((each) => (each.includes('T') ? each.replace('Z', '') : `${each}T000000`));
      const found = first(rule, start, expected.length);
      if (found === null) return 'refused';
      return JSON.stringify(found) === JSON.stringify(expected)
        ? 'right'
        : `${rule} from ${start}: ${found.slice(0, 6)} instead of ${expected.slice(0, 6)}`;
    });
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    process.stderr.write(`${count('right')} of ${cases.length} rules right, ${count('refused')} refused\n`);
    expect(outcomes.filter((each) => each !== 'right' && each !== 'refused')).toEqual([]);
    expect(count('right')).toBeGreaterThan(60);
  });
});

describe('A foreign rule', () => {
  it.each([
    [
      'FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2',
      '20261130T090000',
      ['20261130T090000', '20261202T090000', '20261214T090000'],
    ],
    ['FREQ=MONTHLY;BYDAY=-1FR', '20261225T120000', ['20261225T120000', '20270129T120000', '20270226T120000']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '20261231T080000', ['20261231T080000', '20270129T080000']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '20240229', ['20240229T000000', '20280229T000000']],
    ['FREQ=DAILY;COUNT=2', '20261201T090000', ['20261201T090000', '20261202T090000']],
    ['FREQ=DAILY;BYHOUR=9,14;COUNT=3', '20261201T090000', ['20261201T090000', '20261201T140000', '20261202T090000']],
  ])('%s from %s', (rule, start, expected) => {
    expect(first(rule, start, expected.length)).toEqual(expected);
  });

  it.each([
    'FREQ=SECONDLY',
    'FREQ=HOURLY;INTERVAL=6',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=1000000000',
    'FREQ=DAILY;BYMONTHDAY=32',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=YEARLY;RSCALE=HEBREW',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=',
    '',
  ])('is refused: %s', (rule) => {
    expect(readForeignRule(rule)).toBeNull();
  });

  it.each([
    'FREQ=DAILY;BYMONTHDAY=-1',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5',
    'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6',
    'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;COUNT=99999',
    'FREQ=DAILY;INTERVAL=9999',
  ])('ends, however seldom it recurs: %s', (text) => {
    const rule = readForeignRule(text);
    const steps = new Steps(100_000);
    const range = { from: wall('20261201'), to: wall('20271201'), steps };
    if (rule) occurrencesOf(rule, wall('19700101T090000'), range);
    expect(steps.taken).toBeLessThan(60_000);
  });
});
