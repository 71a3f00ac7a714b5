import { eachDay, isoWeekday } from '../calendar/dates';
import type { HoursRule, LocalDate, LocalTime } from '../calendar/hours';
import type { Instant } from '../calendar/interval';
import { toInstant } from '../calendar/zone';
import type { Advisor, Desk } from '../desk';
import { freeSlots, type ResolvedQuery, type Snapshot, withDiaries } from './freeSlots';

/** Half a day in which an advisor would give consultations, and how many more than now. */
interface HalfDay {
  readonly date: LocalDate;
  readonly start: LocalTime;
  readonly end: LocalTime;
  readonly more: number;
}

/** The halves of a working day that could be opened, whether the desk is open then or not. */
const HALVES: readonly { readonly start: LocalTime; readonly end: LocalTime }[] = [
  { start: '09:00', end: '13:00' },
  { start: '13:00', end: '17:00' },
];
const WORKING_DAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
const FRIDAY_OF_WEEK = 5;

/**
 * Finds for each half of the working days in [from, to) how many more consultations the advisor could give if they
 * worked then and the desk were open. Public holidays, closures and absences stay as they are: nobody is called back.
 *
 * @returns only halves that would help, ascending
 */
export function openings(
  snapshot: Snapshot,
  query: ResolvedQuery,
  { advisor, from, to }: { readonly advisor: Advisor; readonly from: LocalDate; readonly to: LocalDate },
): HalfDay[] {
  const own = { ...query, advisorId: advisor.id };
  const zone = snapshot.desk.hours.timeZone;
  const range = { start: toInstant(from, '00:00', zone), end: toInstant(to, '00:00', zone) };
  const now = freeSlots(snapshot, own, range);
  const then = freeSlots(asIfOpen(snapshot, { advisor, from, to }), own, range);
  return eachDay(from, to)
    .filter((date) => isoWeekday(date) <= FRIDAY_OF_WEEK)
    .flatMap((date) =>
      HALVES.map(({ start, end }) => {
        const half = { start: toInstant(date, start, zone), end: toInstant(date, end, zone) };
        return { date, start, end, more: oneAfterAnother(then, half) - oneAfterAnother(now, half) };
      }),
    )
    .filter(({ more }) => more > 0);
}

function asIfOpen(
  snapshot: Snapshot,
  { advisor, from, to }: { readonly advisor: Advisor; readonly from: LocalDate; readonly to: LocalDate },
): Snapshot {
  const { desk, diary } = snapshot;
  const [first, last] = [HALVES[0], HALVES.at(-1)];
  const rule: HoursRule = { rrule: WORKING_DAYS, start: first?.start ?? '', end: last?.end ?? '', from, until: to };
  const working = (rules: readonly HoursRule[]) => (rules.length === 0 ? rules : [...rules, rule]);
  return {
    ...withDiaries(snapshot, diary),
    desk: asDesk(desk, {
      hours: { ...desk.hours, rules: [...desk.hours.rules, rule] },
      advisors: desk.advisors.map((each) =>
        each.id === advisor.id ? { ...each, workingRules: working(each.workingRules) } : each,
      ),
    }),
  };
}

const asDesk = (desk: Desk, changed: Pick<Desk, 'hours' | 'advisors'>): Desk => ({ ...desk, ...changed });

/** Counts how many of the slots one advisor can take between two instants, the next after the one before. */
function oneAfterAnother(
  slots: readonly { readonly time: { readonly start: Instant }; readonly blockedUntil: Instant }[],
  { start, end }: { readonly start: Instant; readonly end: Instant },
): number {
  let [taken, free] = [0, start];
  for (const { time, blockedUntil } of slots)
    if (free <= time.start && blockedUntil <= end) [taken, free] = [taken + 1, blockedUntil];
  return taken;
}
