import type { Booking } from '../../../domain/booking/booking';
import { clientKey } from '../../../domain/booking/reachable';
import { visitsBefore } from '../../../domain/booking/visits';
import type { LocalDate } from '../../../domain/calendar/hours';
import { hull, type Instant } from '../../../domain/calendar/interval';
import { addDays, startOfDay } from '../../../domain/calendar/zone';
import type { Absence } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import { type AdvisorDay, type DayPlan, dayPlan } from '../day/plan';
import type { OwnAdvisor } from '../desk';

type Deps = Pick<HttpDeps, 'storage'>;

/** One's own day. */
export interface OwnDay {
  readonly plan: DayPlan;
  /** Undefined: the advisor has left, or is not there yet. */
  readonly column: AdvisorDay | undefined;
  /** The own absences that touch the days. */
  readonly absences: readonly Absence[];
  /** The plan by which an absence was entered, by the id of the absence; one that was entered alone has none. */
  readonly plans: ReadonlyMap<string, string>;
}

/** Reads some of an advisor's days, with as many statements whatever their number. */
export async function loadOwnDays(
  { storage }: Deps,
  { desk, advisor }: OwnAdvisor,
  { first, count, now }: { first: LocalDate; count: number; now: Instant },
): Promise<OwnDay[]> {
  const zone = desk.hours.timeZone;
  const range = { start: startOfDay(first, zone), end: startOfDay(addDays(first, count), zone) };
  const isOwn = ({ advisorId }: { readonly advisorId: string }) => advisorId === advisor.id;
  const bookings = (await storage.bookings.within(desk.id, range)).filter(isOwn);
  const reach = hull([range, ...bookings.map(({ time }) => time)]);
  const absences = (await storage.desks.absences(desk.id, reach)).filter(isOwn);
  const committed = absences.length > 0 ? await storage.plans.committed(desk.id) : [];
  const plans = new Map(committed.flatMap(({ id, absenceIds }) => absenceIds.map((absence) => [absence, id] as const)));
  const taken = (await storage.bookings.busy(desk.id, range, now)).filter(isOwn);
  const checkIns = await storage.bookings.checkIns(desk.id, range);
  const entries = await storage.queue.within(desk.id, range);
  const queue = new Map(entries.flatMap((entry) => (entry.bookingId === null ? [] : [[entry.bookingId, entry]])));
  const facts = { desk: { ...desk, advisors: [advisor] }, now, bookings, absences, taken, checkIns, queue };
  return Array.from({ length: count }, (_, i) => {
    const plan = dayPlan({ ...facts, date: addDays(first, i), ownAdvisorId: advisor.id });
    return { plan, column: plan.advisors[0], absences, plans };
  });
}

/** The most visits of all clients of a day that are read. */
const MAX_VISITS = 500;

/** Returns what the clients of these bookings came for before, by the id of the booking; who never came is missing. */
export async function loadVisits(
  { storage }: Deps,
  deskId: string,
  bookings: readonly Booking[],
): Promise<ReadonlyMap<string, readonly Booking[]>> {
  const keys = new Set(bookings.flatMap(({ client }) => clientKey(client) ?? []));
  const latest = Math.max(...bookings.map(({ time }) => time.start), 0);
  const visits = await storage.bookings.visitsOf(deskId, [...keys], latest, MAX_VISITS);
  return new Map(
    bookings.flatMap((booking) => {
      const before = visitsBefore(booking, visits);
      return before.length > 0 ? [[booking.id, before] as const] : [];
    }),
  );
}
