import type { Booking } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody } from '../../domain/booking/outsideHours';
import { type ChangedDay, changedDays } from '../../domain/calendar/changedDays';
import { addDays } from '../../domain/calendar/dates';
import type { HoursException, HoursRule, LocalDate } from '../../domain/calendar/hours';
import { hull, type Instant } from '../../domain/calendar/interval';
import { assertHoursRule, effectOf } from '../../domain/calendar/openingHours';
import { assertApart } from '../../domain/calendar/overlappingRules';
import { localDate, startOfDay } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { broughtBack } from '../../domain/hoursVersion';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';

/** How far ahead days are compared. Bookings are looked at however far they are. */
const PREVIEWED_DAYS = 400;

/** A change of hours that is not made yet. What is absent stays as it is. */
interface HoursProposal {
  readonly rules?: readonly HoursRule[] | undefined;
  readonly exceptions?:
    | {
        /** Accepted by `assertException`; in the order of entry, so the last is the newest. */
        readonly add: readonly Omit<HoursException, 'id'>[];
        readonly remove: readonly string[];
      }
    | undefined;
  readonly absences?: { readonly add: readonly Omit<Absence, 'id'>[]; readonly remove: readonly string[] } | undefined;
  /** The id of a version that is brought back, instead of all of this. */
  readonly version?: string | undefined;
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
 * @throws DomainError `not-found` (also for an entry to be removed, or a version, that does not exist), `forbidden`,
 *   `invalid-rule` for rules that overlap
 */
export function previewHours({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): PreviewHours {
  return async ({ who, deskId, proposal, from }) => {
    assertMayChangeHours(who, deskId);
    const at = now();
    const desk = await deskOf(storage, deskId);
    const { hours, because, affected } = await proposedHours(storage, desk, proposal, at);
    const first = from ?? localDate(at, desk.hours.timeZone);
    const start = startOfDay(first, desk.hours.timeZone);
    const concerned = affected.filter(({ time }) => time.end > start);
    return {
      desk,
      days: changedDays(desk.hours, hours, first, addDays(first, PREVIEWED_DAYS)),
      affected: concerned,
      unreachable: concerned.filter(({ client }) => client.email === null).length,
      because,
    };
  };
}

/** The hours as they would be, and who would lose their place. */
interface ProposedHours {
  readonly hours: Desk['hours'];
  readonly because: readonly WithoutEffect[];
  /** All future bookings that would be outside and are not yet, by start. */
  readonly affected: readonly Booking[];
}

/** Compares the hours of a desk with those of a proposal. @throws the DomainErrors of `previewHours` but `forbidden` */
export async function proposedHours(
  stores: Pick<Stores, 'desks' | 'bookings' | 'hoursVersions'>,
  desk: Desk,
  proposal: HoursProposal,
  now: Instant,
): Promise<ProposedHours> {
  const ahead = { start: now, end: Number.MAX_SAFE_INTEGER };
  const bookings = (await stores.bookings.within(desk.id, ahead)).filter((booking) => isUpcoming(booking, now));
  const absences = await stores.desks.absences(desk.id, hull([ahead, ...bookings.map(({ time }) => time)]));
  const { version: versionId } = proposal;
  const then = versionId
    ? { ...(await ofVersion(stores, desk, versionId, { absences, now })), because: [] }
    : { ...changedDesk(desk, proposal, now), absences: changedAbsences(absences, proposal) };
  const outside = new Set(needingSomebody({ desk, absences }, bookings, now).map(({ booking }) => booking.id));
  const affected = needingSomebody(then, bookings, now)
    .map(({ booking }) => booking)
    .filter(({ id }) => !outside.has(id))
    .sort((a, b) => a.time.start - b.time.start);
  return { hours: then.desk.hours, because: then.because, affected };
}

async function ofVersion(
  { hoursVersions }: Pick<Stores, 'hoursVersions'>,
  desk: Desk,
  id: string,
  { absences, now }: { absences: readonly Absence[]; now: Instant },
) {
  const version = await hoursVersions.find(id);
  if (version?.deskId !== desk.id) throw new DomainError('not-found');
  const back = broughtBack(desk, { present: absences.filter(isEntered), version: version.state, now });
  return { ...back, absences: [...back.absences, ...absences.filter((each) => !isEntered(each))] };
}

/** Whether it was entered here, so that a version of the hours has it. */
function isEntered({ isFromCalendar }: Absence): boolean {
  return isFromCalendar === undefined;
}

/** Returns the desk as it would be, and the exceptions that would have no effect there. */
function changedDesk(desk: Desk, { rules, exceptions }: HoursProposal, now: Instant) {
  const { add = [], remove = [] } = exceptions ?? {};
  const known = new Set(desk.hours.exceptions.map(({ id }) => id));
  if (remove.some((id) => !known.has(id))) throw new DomainError('not-found');
  for (const rule of rules ?? []) assertHoursRule(rule);
  if (rules) assertApart(rules, localDate(now, desk.hours.timeZone));
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
  return { desk: { ...desk, hours }, because };
}

function changedAbsences(absences: readonly Absence[], { absences: change }: HoursProposal): Absence[] {
  const { add = [], remove = [] } = change ?? {};
  return [
    ...absences.filter(({ id }) => !remove.includes(id)),
    ...add.map((absence, i) => ({ ...absence, id: `proposed-${i}` })),
  ];
}
