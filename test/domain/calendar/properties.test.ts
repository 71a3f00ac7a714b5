import fc from 'fast-check';
import { daysOf } from '../../../src/domain/calendar/exceptions';
import type { Hours, HoursException, LocalWindow } from '../../../src/domain/calendar/hours';
import { contains, type Interval, intersect, union } from '../../../src/domain/calendar/interval';
import { localDays } from '../../../src/domain/calendar/localDays';
import { effectOf, isOpenAt, openingDays, openingWindows } from '../../../src/domain/calendar/openingHours';
import { addDays, eachDay, localDate, startOfDay } from '../../../src/domain/calendar/zone';
import { candidates } from '../../../src/domain/slots/candidates';
import { cases } from '../../support/cases';
import { hoursWith } from './northRhine';

fc.configureGlobal({ numRuns: cases(100) });

const FROM = '2027-03-15';
const DAYS = 40;

const time = fc
  .integer({ min: 0, max: 96 })
  .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String((q % 4) * 15).padStart(2, '0')}`);
const window: fc.Arbitrary<LocalWindow> = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? { start: a, end: b } : { start: b, end: a }));

const span = fc
  .tuple(fc.integer({ min: 0, max: DAYS }), fc.constantFrom(1, 1, 2, 7, 20))
  .map(([start, length]) => ({ from: addDays(FROM, start), to: addDays(FROM, start + length) }));
const reason = { en: 'x' };
const again = fc.constantFrom<{ rrule?: string }>(
  {},
  {},
  { rrule: 'FREQ=DAILY;INTERVAL=5' },
  { rrule: 'FREQ=MONTHLY' },
);
const replacing: fc.Arbitrary<HoursException> = fc
  .tuple(span, fc.array(window, { maxLength: 3 }), again)
  .map(([days, windows, recurs]) => ({ id: 'x', ...days, ...recurs, closed: windows.length === 0, windows, reason }));
const pause: fc.Arbitrary<HoursException> = fc
  .tuple(span, fc.array(window, { minLength: 1, maxLength: 3 }), again)
  .map(([days, pauses, recurs]) => ({ id: 'p', ...days, ...recurs, closed: false, windows: [], pauses, reason }));
const exception = fc.oneof({ weight: 3, arbitrary: replacing }, { weight: 1, arbitrary: pause });
const shut = span.map((days): HoursException => ({ id: 'y', ...days, closed: true, windows: [], reason: { en: 'y' } }));

const hours: fc.Arbitrary<Hours> = fc.record({
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'America/Havana', 'Africa/Cairo', 'Pacific/Apia'),
  holidays: fc.constantFrom('DE-NW', null),
  rules: fc.array(
    fc
      .tuple(fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TU,SU', 'FREQ=MONTHLY;BYDAY=-1SU,1FR'), window)
      .map(([rrule, times]) => ({ rrule, ...times })),
    { maxLength: 4 },
  ),
  exceptions: fc.array(exception, { maxLength: 5 }),
});

const shape = fc.record({
  duration: fc.constantFrom(15, 30, 45, 60, 90),
  buffer: fc.constantFrom(0, 5, 15),
  grid: fc.constantFrom(5, 15, 30, 60, 120),
});

const rangeOf = ({ timeZone }: Hours): Interval => ({
  start: startOfDay(FROM, timeZone),
  end: startOfDay(addDays(FROM, DAYS), timeZone),
});
const ascendAndDisjoint = (intervals: readonly Interval[]) =>
  intervals.every((next, i) => next.start < next.end && (i === 0 || (intervals[i - 1] as Interval).end <= next.start));

describe('Any hours', () => {
  it('have every day once, with windows or a reason, ascending and disjoint', () => {
    fc.assert(
      fc.property(hours, (h) => {
        const days = openingDays(h, FROM, addDays(FROM, DAYS));
        expect(days.map(({ date }) => date)).toEqual(eachDay(FROM, addDays(FROM, DAYS)));
        expect(days.every(({ windows, closed }) => windows.length > 0 === (closed === null))).toBe(true);
        expect(ascendAndDisjoint(days.flatMap(({ windows }) => windows))).toBe(true);
      }),
    );
  });

  it('have the windows of a range that its days have, and are open at an instant that lies in one of them', () => {
    fc.assert(
      fc.property(hours, fc.nat(DAYS * 24 * 60), (h, minutes) => {
        const range = rangeOf(h);
        const windows = openingWindows(h, range);
        expect(windows).toEqual(openingDays(h, FROM, addDays(FROM, DAYS)).flatMap((day) => day.windows));
        const at = Math.min(range.start + minutes * 60_000, range.end - 1);
        expect(isOpenAt(h, at)).toEqual(windows.find(({ start, end }) => start <= at && at < end) ?? null);
      }),
    );
  });

  it('have slots that lie inside windows with their buffer, ascend, and are disjoint unless the grid is finer', () => {
    fc.assert(
      fc.property(hours, shape, (h, s) => {
        const windows = openingWindows(h, rangeOf(h));
        const slots = candidates(windows, s);
        const fits = ({ start, end }: Interval) =>
          end - start === s.duration * 60_000 &&
          windows.some(
            (w) => contains(w, { start, end: end + s.buffer * 60_000 }) && (start - w.start) % (s.grid * 60_000) === 0,
          );
        expect(slots.filter((slot) => !fits(slot))).toEqual([]);
        expect(slots.every(({ start }, i) => i === 0 || (slots[i - 1] as Interval).start < start)).toBe(true);
        if (s.grid >= s.duration + s.buffer) expect(ascendAndDisjoint(slots)).toBe(true);
      }),
    );
  });

  it('never gain an opening or a slot by one more closure', () => {
    fc.assert(
      fc.property(hours, shut, shape, (h, closed, s) => {
        const range = rangeOf(h);
        const before = openingWindows(h, range);
        const after = openingWindows({ ...h, exceptions: [...h.exceptions, closed] }, range);
        const known = new Set(before.map(({ start, end }) => `${start} ${end}`));
        expect(after.every(({ start, end }) => known.has(`${start} ${end}`))).toBe(true);

        const offered = new Set(candidates(before, s).map(({ start }) => start));
        expect(candidates(after, s).every(({ start }) => offered.has(start))).toBe(true);
      }),
    );
  });

  it('never gain open time by one more pause', () => {
    fc.assert(
      fc.property(hours, pause, (h, taken) => {
        const before = openingWindows(h, rangeOf(h));
        const after = openingWindows({ ...h, exceptions: [...h.exceptions, taken] }, rangeOf(h));
        expect(after.every((window) => before.some((whole) => contains(whole, window)))).toBe(true);
      }),
    );
  });

  it('are decided on the days of the newest closure or special opening by it and the pauses, and on no other day', () => {
    fc.assert(
      fc.property(hours, replacing, (h, newest) => {
        const to = addDays(FROM, DAYS);
        const about = new Set(daysOf(newest, FROM, to));
        const pauses = h.exceptions.filter((each) => each.pauses);
        const days = (exceptions: readonly HoursException[], own: boolean) =>
          openingDays({ ...h, exceptions }, FROM, to).filter(({ date }) => about.has(date) === own);
        expect(days([...h.exceptions, newest], true)).toEqual(days([...pauses, newest], true));
        expect(days([...h.exceptions, newest], false)).toEqual(days(h.exceptions, false));
      }),
    );
  });

  it('are the same with a recurring exception and with one exception for each occurrence', () => {
    fc.assert(
      fc.property(hours, exception, (h, recurring) => {
        const to = addDays(FROM, DAYS);
        const { rrule: _, ...once } = recurring;
        const each = daysOf(recurring, FROM, to).map((date) => ({ ...once, from: date, to: addDays(date, 1) }));
        const days = (...exceptions: HoursException[]) => openingDays({ ...h, exceptions }, FROM, to);
        expect(days(...h.exceptions, recurring)).toEqual(days(...h.exceptions, ...each));
      }),
    );
  });

  it('change by an exception exactly if effectOf says so', () => {
    fc.assert(
      fc.property(hours, exception, (h, { rrule: _, ...entered }) => {
        const to = addDays(FROM, 2 * DAYS);
        const windows = (exceptions: readonly HoursException[]) =>
          localDays({ ...h, exceptions }, FROM, to).map((day) => day.windows);
        const { changes, beatenBy } = effectOf(h, entered);
        const same = JSON.stringify(windows(h.exceptions)) === JSON.stringify(windows([...h.exceptions, entered]));
        expect(changes).toBe(!same);
        if (beatenBy) expect(h.exceptions).toContain(beatenBy);
      }),
    );
  });
});

describe('Any hours that may last past midnight', () => {
  const any = fc.tuple(time, time).filter(([a, b]) => a !== b && a !== '24:00');
  const overnight: fc.Arbitrary<Hours> = fc
    .tuple(hours, fc.array(any, { minLength: 1, maxLength: 3 }), fc.option(span))
    .map(([h, windows, opened]) => ({
      ...h,
      rules: [...h.rules, ...windows.map(([start, end]) => ({ rrule: 'FREQ=WEEKLY;BYDAY=SA,SU,MO', start, end }))],
      exceptions: opened
        ? [...h.exceptions, { id: 'n', ...opened, closed: false, windows: [{ start: '22:15', end: '06:00' }], reason }]
        : h.exceptions,
    }));
  const lengthOf = (intervals: readonly Interval[]) => intervals.reduce((sum, { start, end }) => sum + end - start, 0);

  it('have windows that ascend, are disjoint, and cover the time of their days and of the night before', () => {
    fc.assert(
      fc.property(overnight, (h) => {
        const range = rangeOf(h);
        const windows = openingWindows(h, range);
        expect(ascendAndDisjoint(windows)).toBe(true);
        const days = openingDays(h, addDays(FROM, -1), addDays(FROM, DAYS)).flatMap((day) => day.windows);
        const clipped = (all: readonly Interval[]) => intersect(union(all), [range]);
        expect(clipped(windows)).toEqual(clipped(days));
      }),
    );
  });

  it('have windows that begin on their day, except where a pause has cut the beginning off, and last less than a day longer', () => {
    fc.assert(
      fc.property(overnight, (h) => {
        for (const { date, windows } of openingDays(h, FROM, addDays(FROM, DAYS)))
          for (const { start, end } of windows) {
            const paused = h.exceptions.some(({ pauses }) => pauses);
            expect([date, addDays(date, paused ? 1 : 0)]).toContain(localDate(start, h.timeZone));
            expect(end).toBeLessThan(startOfDay(addDays(date, 2), h.timeZone));
          }
      }),
    );
  });

  it('are decided by an exception only in windows that begin on its days, and never gain open time by a closure', () => {
    fc.assert(
      fc.property(overnight, shut, (h, closed) => {
        const all = openingDays(h, FROM, addDays(FROM, DAYS));
        const days = openingDays({ ...h, exceptions: [...h.exceptions, closed] }, FROM, addDays(FROM, DAYS));
        const about = (date: string) => closed.from <= date && date < closed.to;
        expect(days.filter(({ date }) => !about(date))).toEqual(all.filter(({ date }) => !about(date)));
        expect(days.filter(({ date, windows }) => about(date) && windows.length > 0)).toEqual([]);
        const [before, after] = [all, days].map((each) => union(each.flatMap(({ windows }) => windows)));
        expect(intersect(before ?? [], after ?? [])).toEqual(after);
      }),
    );
  });

  it('never gain open time by a pause, and have slots only inside windows', () => {
    fc.assert(
      fc.property(overnight, pause, shape, (h, taken, s) => {
        const [before, after] = [h, { ...h, exceptions: [...h.exceptions, taken] }].map((each) =>
          openingWindows(each, rangeOf(each)),
        ) as [Interval[], Interval[]];
        expect(lengthOf(intersect(before, after))).toBe(lengthOf(after));
        const whole = ({ start, end }: Interval) => ({ start, end: end + s.buffer * 60_000 });
        expect(candidates(after, s).every((slot) => after.some((window) => contains(window, whole(slot))))).toBe(true);
      }),
    );
  });
});

describe('The ordinary week', () => {
  it('keeps all other dates unchanged when one date is closed', () => {
    const all = openingDays(hoursWith(), FROM, addDays(FROM, DAYS));
    for (const { date } of all) {
      const closed = { id: 'z', from: date, to: addDays(date, 1), closed: true, windows: [], reason: { en: 'z' } };
      const days = openingDays(hoursWith([closed]), FROM, addDays(FROM, DAYS));
      expect(days.filter((day) => day.date !== date)).toEqual(all.filter((day) => day.date !== date));
      expect(days.find((day) => day.date === date)?.windows).toEqual([]);
    }
  });
});
