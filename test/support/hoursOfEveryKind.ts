import { loadDeskFile } from '../../src/desks/deskFile';
import { shippedDeskFiles } from '../../src/desks/shippedDesks';
import type { Hours, HoursRule } from '../../src/domain/calendar/hours';
import { randomIds } from '../../src/identity/ids';
import { closure, hoursWith, opening, pause } from '../domain/calendar/northRhine';

const rules = (...all: HoursRule[]) => hoursWith([], { rules: all });
const rule = (rrule: string, start = '09:00', end = '12:00', part: Partial<HoursRule> = {}): HoursRule => ({
  ...{ rrule, start, end },
  ...part,
});

/** Three years of hours of every kind that a desk can have. */
export const HOURS: Record<string, Hours> = {
  ...Object.fromEntries(shippedDeskFiles().map((file) => [file, loadDeskFile(file, randomIds).hours])),
  'Mon–Thu 9–17, Fri 9–12': hoursWith(),
  'closures, special openings and pauses': hoursWith([
    closure('2026-12-24', '2027-01-04'),
    opening('2026-12-29', '2026-12-30', '10:00-14:00'),
    opening('2027-02-04', '2027-02-05', '09:00-11:00'),
    pause('2026-03-04', '2026-03-05', '12:00-13:00', 'FREQ=WEEKLY;BYDAY=WE'),
  ]),
  'every second week': rules(rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', '14:00', '18:00', { from: '2026-01-07' })),
  'odd weeks, over week 53': rules(
    rule(`FREQ=YEARLY;BYWEEKNO=${Array.from({ length: 27 }, (_, i) => 2 * i + 1).join(',')};BYDAY=WE`),
  ),
  'the first Wednesday, and the last Friday': rules(rule('FREQ=MONTHLY;BYDAY=1WE'), rule('FREQ=MONTHLY;BYDAY=-1FR')),
  'other hours in summer, dated ahead': rules(
    rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '09:00', '17:00', { until: '2027-06-01' }),
    rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '07:30', '14:00', { from: '2027-06-01', until: '2027-09-01' }),
    rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '09:00', '17:00', { from: '2027-09-01' }),
  ),
  'rules that overlap': rules(
    rule('FREQ=WEEKLY;BYDAY=MO,TU', '09:00', '13:00'),
    rule('FREQ=WEEKLY;BYDAY=TU,WE', '12:00', '17:00'),
  ),
  'two windows a day': rules(rule('FREQ=DAILY', '08:00', '12:00'), rule('FREQ=DAILY', '14:00', '24:00')),
  'without an appointment, by phone and by appointment': {
    ...rules(
      rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', '12:00', '17:00'),
      rule('FREQ=WEEKLY;BYDAY=MO,TH', '09:00', '12:00', { kind: 'walk_in' }),
      rule('FREQ=WEEKLY;BYDAY=TU,FR', '08:00', '10:00', { kind: 'phone', until: '2028-03-01' }),
    ),
    exceptions: [
      closure('2026-12-24', '2027-01-04'),
      {
        ...opening('2027-02-04', '2027-02-05', '09:00-11:00'),
        windows: [
          { start: '09:00', end: '11:00', kind: 'phone' },
          { start: '11:00', end: '12:00', kind: 'walk_in' },
        ],
      },
      pause('2026-03-04', '2026-03-05', '11:00-13:00', 'FREQ=WEEKLY;BYDAY=MO'),
    ],
  },
  'ten times only': rules(rule('FREQ=WEEKLY;BYDAY=SA;COUNT=10', '10:00', '12:00', { from: '2026-05-02' })),
  'none at all': rules(),
};
/** What notations of weekdays and dates cannot say. */
export const NIGHTS: Record<string, Hours> = {
  'nights, also those in which the clocks change': hoursWith([], {
    holidays: null,
    rules: [rule('FREQ=WEEKLY;BYDAY=FR,SA', '22:00', '06:00'), rule('FREQ=WEEKLY;BYDAY=SU', '02:15', '02:45')],
  }),
};
