import type { Booking } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody } from '../../domain/booking/outsideHours';
import { type ChangedDay, changedDays } from '../../domain/calendar/changedDays';
import { addDays } from '../../domain/calendar/dates';
import type { HoursException, HoursRule, LocalDate } from '../../domain/calendar/hours';
import { hull } from '../../domain/calendar/interval';
import { effectOf } from '../../domain/calendar/openingHours';
import { localDate, startOfDay } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';

/** How far ahead days are compared. Bookings are looked at however far they are. */
const PREVIEWED_DAYS = 400;

/** A change of hours that is not made yet. What is absent stays as it is. */
interface HoursProposal {
  readonly rules?: readonly HoursRule[] | undefined;
  readonly exceptions?: {
    /** Accepted by `assertException`; in the order of entry, so the last is the newest. */
    readonly add: readonly Omit<HoursException, 'id'>[];
    readonly remove: readonly string[];
  };
  readonly absences?: { readonly add: readonly Omit<Absence, 'id'>[]; readonly remove: readonly string[] };
}

/** An exception that would change nothing. */
interface WithoutEffect {
  /** Its position among those to be added. */
  readonly exception: number;
  /** The exception that decides its days; null: rules and holidays have them so already. */
  readonly beatenBy: string | null;
}

interface HoursPreview {
  readonly desk: Desk;
  readonly days: readonly ChangedDay[];
  /** The future bookings that would lose their place. */
  readonly affected: readonly Booking[];
  /** How many of these have no mail address, and have to be called. */
  readonly unreachable: number;
  readonly because: readonly WithoutEffect[];
}

type PreviewHours = (request: {
  readonly who: Caller;
  readonly deskId: string;
  readonly proposal: HoursProposal;
  /** The first day that is compared; today if absent. */
  readonly from?: LocalDate | undefined;
}) => Promise<HoursPreview>;

/**
 * Tells what a change of hours would do, and changes nothing: the days with other windows, the bookings that would be
 * outside, and the exceptions that would have no effect.
 *
 * @throws DomainError `not-found` (also for an entry to be removed that does not exist), `forbidden`
 */
export function previewHours({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): PreviewHours {
  return async ({ who, deskId, proposal, from }) => {
    assertMayChangeHours(who, deskId);
    const desk = await deskOf(storage, deskId);
    const { after, because } = changedDesk(desk, proposal);
    const at = now();
    const first = from ?? localDate(at, desk.hours.timeZone);
    const start = startOfDay(first, desk.hours.timeZone);
    const bookings = (await storage.bookings.within(deskId, { start, end: Number.MAX_SAFE_INTEGER })).filter(
      (booking) => isUpcoming(booking, at),
    );
    const absences = await storage.desks.absences(deskId, hull(bookings.map(({ time }) => time)));
    const outside = new Set(needingSomebody({ desk, absences }, bookings, at).map(({ booking }) => booking.id));
    const affected = needingSomebody({ desk: after, absences: changedAbsences(absences, proposal) }, bookings, at)
      .map(({ booking }) => booking)
      .filter(({ id }) => !outside.has(id));
    return {
      desk,
      days: changedDays(desk.hours, after.hours, first, addDays(first, PREVIEWED_DAYS)),
      affected,
      unreachable: affected.filter(({ client }) => client.email === null).length,
      because,
    };
  };
}

/** Returns the desk as it would be, and the exceptions that would have no effect there. */
function changedDesk(desk: Desk, { rules, exceptions }: HoursProposal) {
  const { add = [], remove = [] } = exceptions ?? {};
  const known = new Set(desk.hours.exceptions.map(({ id }) => id));
  if (remove.some((id) => !known.has(id))) throw new DomainError('not-found');
  let hours = {
    ...desk.hours,
    rules: rules ?? desk.hours.rules,
    exceptions: desk.hours.exceptions.filter(({ id }) => !remove.includes(id)),
  };
  const because: WithoutEffect[] = [];
  for (const [i, exception] of add.entries()) {
    const entry = { ...exception, id: `proposed-${i}` };
    const { changes, beatenBy } = effectOf(hours, entry);
    if (!changes) because.push({ exception: i, beatenBy: beatenBy?.id ?? null });
    hours = { ...hours, exceptions: [...hours.exceptions, entry] };
  }
  return { after: { ...desk, hours }, because };
}

function changedAbsences(absences: readonly Absence[], { absences: change }: HoursProposal): Absence[] {
  const { add = [], remove = [] } = change ?? {};
  return [
    ...absences.filter(({ id }) => !remove.includes(id)),
    ...add.map((absence, i) => ({ ...absence, id: `proposed-${i}` })),
  ];
}
