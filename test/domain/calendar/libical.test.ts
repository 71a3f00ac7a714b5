import { readFileSync } from 'node:fs';
import { addDays } from '../../../src/domain/calendar/dates';
import { assertHoursRule } from '../../../src/domain/calendar/openingHours';
import { occurrences } from '../../../src/domain/calendar/recurrence';
import { unwrapped } from '../../../src/domain/calendar/ruleText';
import { DomainError } from '../../../src/domain/errors';
import { foreign } from '../../support/foreign';

const file = foreign('recurrence/icalrecur_test.txt');
const suite = file ? describe : describe.skip;

/** Asked for so long behind the last occurrence, so that too many are seen as well. */
const BEHIND_DAYS = 2500;
/** Of the processor: a machine that is busy with other work proves nothing. */
const AT_ONCE_MS = 500;

interface Case {
  readonly text: string;
  readonly rrule: string;
  /** The time of day of DTSTART. */
  readonly time: string;
  /** DTSTART and INSTANCES as the days that they lie on. */
  readonly from: string;
  readonly days: readonly string[];
  /** From where on it is asked again, if the case says so. */
  readonly startAt: string | undefined;
}

suite("libical's recurrence suite (icalrecur_test.txt; skipped if the folder of foreign material is missing)", () => {
  const cases = file ? readCases(readFileSync(file, 'utf8')) : [];

  it('has more than a hundred cases', () => expect(cases.length).toBeGreaterThan(100));

  it.each(cases)('is expanded as expected or refused with a reason: $text', (one) => {
    const { days, startAt } = one;
    const before = process.cpuUsage();
    const answer = ask(one);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(AT_ONCE_MS);
    if (!Array.isArray(answer)) return expect(answer).toEqual({ refused: expect.stringMatching(/^[A-Z]+:? \w+/) });
    expect(answer).toEqual(days);
    if (startAt) expect(ask(one, startAt)).toEqual(days.filter((date) => date >= startAt));
  });

  // Most of its rules end at a time of UTC, which hours cannot: as the last day that it allows they can, and are then compared, too.
  const ended = cases.filter(({ rrule }) => /UNTIL=\d{8}T/.test(rrule));
  it.each(ended)('is, with UNTIL as a day, expanded as expected or refused for another part: $text', (one) => {
    const answer = ask(untilAsDay(one));
    if (Array.isArray(answer)) expect(answer).toEqual(one.days);
    else expect(answer.refused).not.toMatch(/^UNTIL/);
  });

  it('is mostly accepted, and refused only for parts that no opening hours need', () => {
    const written = cases.filter((one) => Array.isArray(ask(one))).length;
    const all = cases.map((one) => ask(untilAsDay(one)));
    const reasons = all.flatMap((answer) => (Array.isArray(answer) ? [] : [answer.refused.split(/\W/, 1)[0]]));
    console.info(
      `libical, ${all.length} cases: as written ${written} right, with UNTIL as a day ${all.length - reasons.length}; ${reasons.length} refused (${tally(reasons)})`,
    );
    expect(all.length - reasons.length).toBeGreaterThan(all.length / 2);
  });
});

/** As hours come in: checked at the edge, then expanded. */
function ask({ rrule, from, days }: Case, since = from): string[] | { refused: string } {
  const rule = { rrule: unwrapped(rrule), from, start: '09:00', end: '10:00' };
  try {
    assertHoursRule(rule);
    return occurrences(rule, since, addDays(days.at(-1) ?? from, BEHIND_DAYS));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid-rule') throw error;
    return { refused: String(error.details.reason) };
  }
}

function readCases(suite: string): Case[] {
  return suite.split(/\r?\n\r?\n+/).flatMap((block) => {
    const value = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(block)?.[1]?.trim();
    const [rrule, start, instances] = [value('RRULE'), value('DTSTART'), value('INSTANCES')];
    if (!rrule || !start || instances === undefined) return [];
    const startAt = value('START-AT');
    return [
      {
        text: `${rrule} from ${start}`,
        rrule: `RRULE:${rrule}`,
        time: start.slice(9, 15) || '000000',
        from: dayIn(start),
        days: [...new Set(instances.split(',').map(dayIn))],
        startAt: startAt && dayIn(startAt),
      },
    ];
  });
}

function dayIn(time: string): string {
  return `${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`;
}

/** With the last day on which an occurrence at the time of DTSTART is not behind UNTIL. */
function untilAsDay(one: Case): Case {
  const rrule = one.rrule.replace(/UNTIL=(\d{8})T(\d{6})Z?/, (_, day: string, until: string) => {
    const last = until < one.time ? addDays(dayIn(day), -1) : dayIn(day);
    return `UNTIL=${last.replaceAll('-', '')}`;
  });
  return { ...one, rrule };
}

function tally(items: readonly (string | undefined)[]): string {
  const count = new Map<string | undefined, number>();
  for (const item of items) count.set(item, (count.get(item) ?? 0) + 1);
  return [...count].map(([item, n]) => `${n} for ${item}`).join(', ');
}
