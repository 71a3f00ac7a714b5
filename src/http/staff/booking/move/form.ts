import type { Booking } from '../../../../domain/booking/booking';
import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import { type Advisor, canTake, type Desk } from '../../../../domain/desk';
import { mayBookFor } from '../../../../domain/staff/rights';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { dateOrNull, instantOrNull } from '../../../typedTime';
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
}

/** Returns where the form moves the booking, or what is wrong with the form. */
export function readMove(fields: Fields, reader: Reader): { target: Target } | { errors: readonly FormError[] } {
  const start = instantOrNull(fields.start);
  const wrongReason = reasonError(fields.reason, reader);
  if (start === null || wrongReason)
    return {
      errors: [
        ...(start === null ? [{ href: '#start', text: reader.t('staff.times.choose') }] : []),
        ...(wrongReason ? [{ href: '#reason', text: wrongReason }] : []),
      ],
    };
  const advisorId = namedAdvisor(fields);
  const tie = advisorId !== undefined && fields.tie === 'true';
  return { target: { start, advisorId, tie, reason: fields.reason || null } };
}

/** Whom a booking can go to. */
export interface Receivers {
  /** Whether it may go to any suitable advisor. */
  readonly any: boolean;
  /** The booking's own advisor first. */
  readonly advisors: readonly Advisor[];
}

/** Returns whom the person may give the booking to. An advisor moves bookings only within their own calendar. */
export function receiversOf(staff: SignedIn, { booking, desk }: BookingAtDesk): Receivers {
  const mayMoveTo = (advisorId: string | null) => mayBookFor(staff, booking.deskId, advisorId);
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  const suitable = desk.advisors.filter(
    (each) => topic && canTake(each, { topicId: topic.id, language: booking.language }) && mayMoveTo(each.id),
  );
  const isOwn = ({ id }: Advisor) => id === booking.advisorId;
  return {
    any: !booking.tied && mayMoveTo(null),
    advisors: [...suitable.filter(isOwn), ...suitable.filter((each) => !isOwn(each))],
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
