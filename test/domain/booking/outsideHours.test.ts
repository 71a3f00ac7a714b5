import { outsideHours, type Presence } from '../../../src/domain/booking/outsideHours';
import type { Mode } from '../../../src/domain/desk';
import { aDesk, anAdvisor, span } from '../../support/builders';

const TUESDAY = { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '10:00', end: '14:00' };
const desk = aDesk({ advisors: [anAdvisor(), anAdvisor({ id: 'a2', workingRules: [TUESDAY] })] });
const at = (start: string, part: { advisorId?: string; minutes?: number } = {}) => ({
  advisorId: part.advisorId ?? 'a1',
  mode: 'in_person' as Mode,
  time: span(`2026-12-${start}:00+01:00`, part.minutes ?? 30),
});
const whyOf = (booking: ReturnType<typeof at>, absences: Presence['absences'] = []) =>
  outsideHours({ desk, absences }, [booking])[0]?.why ?? null;

describe('Bookings outside the hours', () => {
  it.each([
    ['01T09:00', {}, null],
    ['01T16:30', {}, null],
    ['01T08:59', {}, 'closed'],
    ['01T16:31', {}, 'closed'],
    ['05T10:00', {}, 'closed'],
    ['25T10:00', {}, 'closed'],
    ['01T10:00', { advisorId: 'a2' }, null],
    ['01T13:30', { advisorId: 'a2' }, null],
    ['01T13:31', { advisorId: 'a2' }, 'not_working'],
    ['02T10:00', { advisorId: 'a2' }, 'not_working'],
    ['02T08:00', { advisorId: 'a2' }, 'closed'],
    ['01T09:00', { minutes: 481 }, 'closed'],
  ] as const)('include one on the %s with %j for the reason %p', (start, part, why) => {
    expect(whyOf(at(start, part))).toBe(why);
  });

  it.each([
    ['a1', '01T10:00', 'away'],
    ['a1', '01T09:31', 'away'],
    ['a1', '01T09:30', null],
    ['a1', '01T11:00', null],
    ['a2', '01T10:00', null],
  ])('include, while a1 is absent from ten to eleven, one of %s at %s for the reason %p', (advisorId, start, why) => {
    const absence = { id: 'x', advisorId: 'a1', time: at('01T10:00', { minutes: 60 }).time, reason: null };
    expect(whyOf(at(start, { advisorId }), [absence])).toBe(why);
  });

  it('are found among the bookings of several advisors, and none are found without bookings', () => {
    const wrong = at('06T10:00');
    const right = [at('01T10:00'), at('31T10:00'), at('01T10:00', { advisorId: 'a2' })];
    expect(outsideHours({ desk, absences: [] }, [...right, wrong])).toEqual([{ booking: wrong, why: 'closed' }]);
    expect(outsideHours({ desk, absences: [] }, [])).toEqual([]);
  });
});
