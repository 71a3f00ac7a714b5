import type { Instant } from '../../domain/calendar/interval';
import { localDate, localTime, parseInstantIn, toIso } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { reason as reasonField } from '../../fields/schemas';
import { isNear } from '../../fields/schemas/times';
import { type CellError, type CellForm, filled } from './cells';

/** Returns how absences at a desk are cells: times are those of its clock, `2026-12-01 09:00`, or have an offset. */
export function absenceForm({ advisors, hours }: Pick<Desk, 'advisors' | 'hours'>): CellForm<Absence> {
  const zone = hours.timeZone;
  return {
    cells({ advisorId, time, reason }) {
      const told = { start: timeText(time.start, zone), end: timeText(time.end, zone) };
      return filled({ advisor: advisorId, ...told, reason: reason ?? '' });
    },

    read(id, cells, before) {
      const { advisor = '', reason = '' } = cells;
      const [start, end] = [timeIn(cells.start, zone), timeIn(cells.end, zone)];
      const isKnown = advisors.some((each) => each.id === advisor);
      const errors: CellError[] = [
        ...(isKnown ? [] : [{ cell: 'advisor', detail: 'expected an advisor of this desk' }]),
        ...(before && before.advisorId !== advisor
          ? [{ cell: 'advisor', detail: `an absence stays its advisor's: expected ${before.advisorId}` }]
          : []),
        ...(start === undefined ? [{ cell: 'start', detail: TIME_EXPECTED }] : []),
        ...(end === undefined || (start !== undefined && end <= start) ? [{ cell: 'end', detail: TIME_EXPECTED }] : []),
        ...(reason === '' || reasonField.safeParse(reason).success
          ? []
          : [{ cell: 'reason', detail: 'expected a shorter text' }]),
      ];
      if (errors.length > 0 || start === undefined || end === undefined) return { errors };
      return { part: { id, advisorId: advisor, time: { start, end }, reason: reason || null } };
    },
  };
}

const TIME_EXPECTED = 'expected a time such as 2026-12-01 09:00, the end after the start';

/** Returns a time as people write it, with its offset where that alone does not tell which one is meant. */
function timeText(at: Instant, zone: string): string {
  const local = `${localDate(at, zone)} ${localTime(at, zone)}`;
  return timeIn(local, zone) === at ? local : toIso(at, zone);
}

function timeIn(text: string | undefined, zone: string): Instant | undefined {
  try {
    const at = text ? parseInstantIn(zone, text) : undefined;
    return at !== undefined && isNear(at) ? at : undefined;
  } catch {
    return undefined;
  }
}
