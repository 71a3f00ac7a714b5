import fc from 'fast-check';
import { outsideHours } from '../../../src/domain/booking/outsideHours';
import type { Hours, WindowKind } from '../../../src/domain/calendar/hours';
import { WINDOW_KINDS } from '../../../src/domain/calendar/hours';
import { toIso } from '../../../src/domain/calendar/zone';
import type { Mode } from '../../../src/domain/desk';
import { freeSlots } from '../../../src/domain/slots/freeSlots';
import { whyNot } from '../../../src/domain/slots/whyNot';
import { aDesk, anAdvisor, aTopic, diaryOf, span } from '../../support/builders';
import { cases } from '../../support/cases';

const NOW = Date.parse('2026-11-23T06:00:00+01:00');
const TUESDAY = { start: Date.parse('2026-11-24T00:00:00+01:00'), end: Date.parse('2026-11-25T00:00:00+01:00') };
const tuesdays = (start: string, end: string, kind?: WindowKind) => ({
  ...{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start, end },
  ...(kind && { kind }),
});
const hoursWith = (rules: Hours['rules'], exceptions: Hours['exceptions'] = []): Hours => ({
  ...{ timeZone: 'Europe/Berlin', holidays: null, rules, exceptions },
});
const snapshotAt = (hours: Hours, advisors = [anAdvisor()]) => ({
  ...{ desk: aDesk({ hours, advisors, leadTimeMinutes: 0 }), absences: [], diary: diaryOf([]), now: NOW },
});
const starts = (hours: Hours, mode?: Mode, topic = aTopic()) =>
  freeSlots(snapshotAt(hours), { topic, language: 'de', mode, audience: 'client' }, TUESDAY).map(
    ({ time, mode: given }) => `${toIso(time.start, 'Europe/Berlin').slice(11, 16)}${mode ? '' : ` ${given}`}`,
  );

const MIXED = hoursWith([
  tuesdays('09:00', '10:00'),
  tuesdays('10:00', '10:45', 'phone'),
  tuesdays('13:00', '15:00', 'walk_in'),
]);

describe('Windows of several kinds', () => {
  it('are booked in person only where there are appointments, by phone also in those by phone', () => {
    expect(starts(MIXED, 'in_person')).toEqual(['09:00', '09:30']);
    expect(starts(MIXED, 'video')).toEqual(['09:00', '09:30']);
    expect(starts(MIXED, 'phone')).toEqual(['09:00', '09:30', '10:00']);
    expect(starts(MIXED)).toEqual(['09:00 in_person', '09:30 in_person', '10:00 phone']);
    expect(starts(MIXED, undefined, aTopic({ modes: ['video'] }))).toEqual(['09:00 video', '09:30 video']);
  });

  it('begin the grid anew, and no consultation lies in two of them', () => {
    const hours = hoursWith([tuesdays('08:20', '09:00', 'phone'), tuesdays('09:00', '10:00')]);
    expect(starts(hours, 'phone')).toEqual(['08:20', '09:00', '09:30']);
    expect(starts(hours, 'phone', aTopic({ durationMinutes: 45 }))).toEqual(['09:00']);
  });

  it('hold for special openings, and closures close them all', () => {
    const day = { id: 'x', from: '2026-11-24', to: '2026-11-25', closed: false, reason: { de: 'Umzug', en: 'Moving' } };
    const special = { ...day, windows: [{ start: '11:00', end: '12:00', kind: 'phone' as const }] };
    expect(starts(hoursWith(MIXED.rules, [special]), 'phone')).toEqual(['11:00', '11:30']);
    expect(starts(hoursWith(MIXED.rules, [special]), 'in_person')).toEqual([]);
    expect(starts(hoursWith(MIXED.rules, [{ ...day, closed: true, windows: [] }]), 'phone')).toEqual([]);
  });

  it('say why nothing can be booked there', () => {
    const against = (mode: Mode, at: string) =>
      whyNot(
        snapshotAt(MIXED),
        { topic: aTopic(), language: 'de', mode, audience: 'staff' },
        { advisor: anAdvisor(), range: TUESDAY },
      )(Date.parse(`2026-11-24T${at}:00+01:00`));
    expect(against('in_person', '13:30')).toEqual({ why: 'kind', kind: 'walk_in' });
    expect(against('in_person', '10:00')).toEqual({ why: 'kind', kind: 'phone' });
    expect(against('phone', '10:00')).toBeNull();
    expect(against('in_person', '16:00')).toEqual({ why: 'closed', until: null });
  });

  const kind = fc.constantFrom(undefined, ...WINDOW_KINDS);
  const rules = fc.uniqueArray(fc.tuple(fc.integer({ min: 8, max: 17 }), kind), {
    ...{ minLength: 1, maxLength: 5, selector: ([hour]) => hour },
  });
  it('offer exactly what is not outside the hours', () => {
    fc.assert(
      fc.property(rules, fc.constantFrom<Mode>('in_person', 'phone'), (some, mode) => {
        const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
        const hours = hoursWith(some.map(([hour, own]) => tuesdays(clock(hour), clock(hour + 1), own)));
        const offered = new Set(starts(hours, mode));
        const { desk } = snapshotAt(hours);
        for (let minute = 7 * 60; minute < 19 * 60; minute += 30) {
          const at = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${minute % 60 === 0 ? '00' : '30'}`;
          const booking = { advisorId: 'a1', mode, time: span(`2026-11-24T${at}:00+01:00`, 30) };
          const isInside = outsideHours({ desk, absences: [] }, [booking]).length === 0;
          expect([at, offered.has(at)]).toEqual([at, isInside]);
        }
      }),
      { numRuns: cases(200) },
    );
  });
});
