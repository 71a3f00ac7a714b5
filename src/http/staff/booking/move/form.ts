import type { Booking } from '../../../../domain/booking/booking';
import { TELL_WAYS, type Tell } from '../../../../domain/booking/operation';
import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import type { Advisor, Desk } from '../../../../domain/desk';
import { canTake } from '../../../../domain/offering';
import { mayBookFor } from '../../../../domain/staff/rights';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { dateOrNull, fieldTimeOrNull, instantOrNull } from '../../../typedTime';
import type { BookingAtDesk } from '../../desk';
import { type Fields, type FormError, reasonError } from '../../forms';

/** Returns the advisor whom the form names; undefined stands for any suitable one. */
export function namedAdvisor({ advisor }: Fields): string | undefined {
  return advisor || undefined;
}

/** Where the form moves the booking, with the reason. */
interface Target {
  readonly start: Instant;
  readonly advisorId: string | undefined;
  readonly tie: boolean;
  readonly reason: string | null;
  readonly tell: Tell | undefined;
  /** Whether it may leave hours, language and topic. */
  readonly override: boolean;
}

/**
 * Returns where the form moves the booking, or what is wrong with the form. A time that was typed counts more than one
 * that was chosen: it is meant against a rule, and needs a reason.
 */
export function readMove(
  desk: Desk,
  fields: Fields,
  reader: Reader,
): { target: Target } | { errors: readonly FormError[] } {
  const { t } = reader;
  const isOverride = Boolean(fields.against);
  const start = isOverride ? fieldTimeOrNull(desk, fields.against) : instantOrNull(fields.start);
  const isMissing = isOverride && !fields.reason;
  const wrongReason = isMissing ? t('staff.reason.missing') : reasonError(fields.reason, reader);
  const wrongStart = isOverride
    ? { href: '#against', text: t('staff.newPlan.wrong.time') }
    : { href: '#start', text: t('staff.times.choose') };
  if (start === null || wrongReason)
    return {
      errors: [
        ...(start === null ? [wrongStart] : []),
        ...(wrongReason ? [{ href: '#reason', text: wrongReason }] : []),
      ],
    };
  const advisorId = isOverride ? fields.againstAdvisor || undefined : namedAdvisor(fields);
  const tie = !isOverride && advisorId !== undefined && fields.tie === 'true';
  const tell = TELL_WAYS.find((way) => way === fields.tell);
  return { target: { start, advisorId, tie, reason: fields.reason || null, tell, override: isOverride } };
}

/** Whom a booking can go to. */
export interface Receivers {
  /** Whether it may go to any suitable advisor. */
  readonly any: boolean;
  /** The booking's own advisor first. */
  readonly advisors: readonly Advisor[];
  /** Also those who do not speak its language, know its topic or do its mode: against a rule it may go to them. */
  readonly everybody: readonly Advisor[];
}

/** Returns whom the person may give the booking to. An advisor moves bookings only within their own calendar. */
export function receiversOf(staff: SignedIn, { booking, desk }: BookingAtDesk): Receivers {
  const mayMoveTo = (advisorId: string | null) => mayBookFor(staff, booking.deskId, advisorId);
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  const { topicId, language, mode } = booking;
  const isOwn = ({ id }: Advisor) => id === booking.advisorId;
  const there = desk.advisors.filter(({ id, retired }) => !retired && mayMoveTo(id));
  const everybody = [...there.filter(isOwn), ...there.filter((each) => !isOwn(each))];
  return {
    any: !booking.tied && mayMoveTo(null),
    advisors: everybody.filter((each) => topic && canTake(each, { topicId, language, mode })),
    everybody,
  };
}

/**
 * Returns the id of the advisor whose free times are shown: the requested one, if possible; otherwise any suitable one
 * (undefined), or for a booking tied to a person, that person.
 */
export function shownAdvisor(fields: Fields, { any, advisors }: Receivers): string | undefined {
  const asked = advisors.find(({ id }) => id === fields.advisor);
  return asked?.id ?? (any ? undefined : advisors[0]?.id);
}

/** Returns the day to search: the requested one, otherwise the booking's own, or today if that is over. */
export function shownDate(fields: Fields, booking: Booking, { hours }: Desk, now: Instant): LocalDate {
  return dateOrNull(fields.date) ?? localDate(Math.max(now, booking.time.start), hours.timeZone);
}
