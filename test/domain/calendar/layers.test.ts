import type { Hours, HoursException } from '../../../src/domain/calendar/hours';
import { dayLayers } from '../../../src/domain/calendar/layers';

const closed = (id: string, from: string, to: string, part: Partial<HoursException> = {}): HoursException => ({
  ...{ id, from, to, closed: true, windows: [], reason: { de: id, en: id } },
  ...part,
});
const at = (exceptions: HoursException[], date: string, next: string) => {
  const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' }];
  const hours: Hours = { timeZone: 'Europe/Berlin', holidays: 'DE-NW', rules, exceptions };
  const [day] = dayLayers(hours, date, next);
  return { ...day, exceptions: day?.exceptions.map(({ exception, effect }) => [exception.id, effect]) };
};

describe('The layers of a day', () => {
  it('are the rules where nothing else is entered', () => {
    expect(at([], '2026-12-01', '2026-12-02')).toMatchObject({
      ...{ holiday: null, exceptions: [], windows: [{ start: '09:00', end: '17:00' }] },
    });
  });

  it('name the newest entry as the one that decides, and older ones as beaten, the newest first', () => {
    const open = closed('open', '2026-12-29', '2026-12-30', {
      ...{ closed: false, windows: [{ start: '10:00', end: '14:00' }] },
    });
    const between = closed('between', '2026-12-24', '2027-01-03');
    expect(at([between, open], '2026-12-29', '2026-12-30').exceptions).toEqual([
      ['open', 'decides'],
      ['between', 'beaten'],
    ]);
    expect(at([open, between], '2026-12-29', '2026-12-30').exceptions).toEqual([
      ['between', 'decides'],
      ['open', 'beaten'],
    ]);
  });

  it('tell a pause that takes something from one that takes nothing', () => {
    const pause = (id: string, start: string, end: string) =>
      closed(id, '2026-12-01', '2026-12-02', { closed: false, pauses: [{ start, end }] });
    expect(
      at([pause('noon', '12:00', '13:00'), pause('night', '20:00', '21:00')], '2026-12-01', '2026-12-02').exceptions,
    ).toEqual([
      ['night', 'beaten'],
      ['noon', 'pauses'],
    ]);
  });

  it('have the public holiday, which an entry beats', () => {
    expect(at([], '2026-12-25', '2026-12-26').holiday?.isBeaten).toBe(false);
    expect(at([closed('own', '2026-12-25', '2026-12-26')], '2026-12-25', '2026-12-26').holiday?.isBeaten).toBe(true);
  });
});
