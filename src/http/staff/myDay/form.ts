import type { LocalDate } from '../../../domain/calendar/hours';
import type { Instant, Interval } from '../../../domain/calendar/interval';
import { dayInterval } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { fieldTimeOrNull } from '../../typedTime';
import type { Fields } from '../forms';

/** What the fields of a form call the end of the day. */
const END_OF_DAY = '24:00';

/** Reads the time of a day that is to be blocked; null: there is no such time. */
export function readSpan(desk: Desk, date: LocalDate, { from, until }: Fields): Interval | null {
  const [start, end] = [clockTime(desk, date, from), clockTime(desk, date, until)];
  return start === null || end === null || end <= start ? null : { start, end };
}

function clockTime(desk: Desk, date: LocalDate, clock: string | undefined): Instant | null {
  if (clock === END_OF_DAY) return dayInterval(date, desk.hours.timeZone).end;
  return clock === undefined ? null : fieldTimeOrNull(desk, `${date}T${clock}`);
}
