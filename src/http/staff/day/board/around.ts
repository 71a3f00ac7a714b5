import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant, Interval } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import type { Desk } from '../../../../domain/desk';
import type { GapUse } from '../../../../domain/slots/gapUse';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { clockOn } from '../../videoStart';
import type { Words } from '../../words';
import type { AdvisorDay, DayPlan } from '../plan';

/** What all parts of a board are drawn from. */
export interface Around {
  readonly desk: Desk;
  readonly now: Instant;
  /** The local day of `now`. */
  readonly today: LocalDate;
  readonly staff: SignedIn;
  readonly words: Words;
  readonly reader: Reader;
}

/** One advisor on one day. */
export interface LaneFacts {
  readonly plan: DayPlan;
  readonly column: AdvisorDay;
  /** The hours that the board shows of the day. */
  readonly shown: Interval;
  /** Tells what a gap of the advisor is good for on this day. */
  readonly useOf: (gap: Interval) => GapUse;
}

/** Returns an interval on the clock of the day that is shown, cut at its edges; midnight at the end is 24:00. */
export function placeOf(time: Interval, shown: Interval, zone: string): { from: string; to: string } {
  const day = localDate(shown.start, zone);
  const clock = (at: Instant) => clockOn(day, at, zone);
  return { from: clock(Math.max(time.start, shown.start)), to: clock(Math.min(time.end, shown.end)) };
}
