import { HOUR, type Instant, type Interval } from '../calendar/interval';
import type { Mode } from '../desk';
import { DomainError } from '../errors';
import type { LanguageTag } from '../text';

/** In the order of a booking's life; `requested` waits for the desk's consent, and no use case makes one yet. All but `cancelled` keep their time. */
export const STATUSES = ['requested', 'confirmed', 'checked_in', 'completed', 'no_show', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

/** No consultation takes longer with its buffer. The schema refuses it, so that what touches a moment began in the day before. */
export const LONGEST = 24 * HOUR;

/** Who is advised, as told by the client or by reception for them. */
export interface Client {
  /** One field, any script. */
  readonly name: string;
  /** Null only for bookings made by staff for somebody without mail: then nothing is sent. */
  readonly email: string | null;
  readonly phone: string | null;
  /** Language of the mails; the consultation's own is `Booking.language`. */
  readonly language: LanguageTag;
}

/** What the client tells before the consultation. */
export interface Details {
  readonly client: Client;
  readonly attendees: number;
  readonly onBehalfOf: { readonly organisation: string; readonly name: string } | null;
  /** Free text; never in calendar entries, subjects, feeds or logs. */
  readonly note: string | null;
  readonly answers: Readonly<Record<string, string>>;
}

/** How the booking came in: by the client on the web or through the API, by phone, at the door without one, or from another system. */
export const SOURCES = ['web', 'phone', 'walk_in', 'import'] as const;
export type Source = (typeof SOURCES)[number];

/** A consultation that was given to a client. */
export interface Booking extends Details {
  readonly id: string;
  readonly deskId: string;
  /** What a client reads out on the phone: `K7MQ-4XWT`. */
  readonly reference: string;
  /** iCalendar UID, a random UUID that never changes (RFC 7986 §5.3). */
  readonly uid: string;
  /** Mail address that invites: ORGANIZER and From for good, since calendars refuse a change of it (RFC 5546 §3.2.5). */
  readonly organizer: string;
  readonly status: Status;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly advisorId: string;
  /** Tied to this advisor because the client wished so or reception chose so; only then the client is told the name. */
  readonly tied: boolean;
  /** As staff judged it: it may use what the desk keeps for urgent matters. */
  readonly urgent: boolean;
  readonly time: Interval;
  /** End of the buffer: until then the advisor takes nothing else. */
  readonly blockedUntil: Instant;
  readonly source: Source;
  /** iCalendar SEQUENCE: rises with every change that the invitee must see (RFC 5546 §2.1.4). */
  readonly sequence: number;
  /** Rises with every change; the ETag of the staff API. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** Who did it, for the history. */
export type Actor =
  | { readonly kind: 'client' }
  | { readonly kind: 'staff'; readonly name: string }
  | { readonly kind: 'system' };

/** What happened, in the words of the history. */
export type BookingEventType =
  | 'booked'
  | 'moved'
  | 'reassigned'
  | 'cancelled'
  | 'checked_in'
  | 'completed'
  | 'no_show'
  | 'link_printed';

/** One line of a booking's history, and the source of every message about it. */
export interface BookingEvent {
  readonly type: BookingEventType;
  readonly bookingId: string;
  readonly at: Instant;
  readonly by: Actor;
  /** A cancellation's reason, if one was given. */
  readonly reason: string | null;
  /** Where the booking was before, for `moved` and `reassigned`. */
  readonly from: { readonly time: Interval; readonly advisorId: string } | null;
}

/** Whether another advisor may give it: nobody was promised to its client, and it has not begun. A hold may be given away as well. */
export function isMovable({ tied, status }: { readonly tied: boolean; readonly status: Status | 'held' }): boolean {
  return !tied && (status === 'held' || status === 'requested' || status === 'confirmed');
}

/** What a decision produces: the next state, and what the rest of the world should hear (null: nothing happened). */
export interface Change {
  readonly booking: Booking;
  readonly event: BookingEvent | null;
}

/** Where a move leads to. */
export interface Target {
  readonly time: Interval;
  readonly blockedUntil: Instant;
  readonly advisorId: string;
  readonly tied: boolean;
}

interface By {
  readonly by: Actor;
  readonly now: Instant;
}

/**
 * Moves a booking to another time or advisor. SEQUENCE rises only if the time changes: the advisor is not part of the invitation.
 * Moving it to where it already is changes nothing.
 *
 * @throws DomainError `booking-not-changeable`, see `assertChangeable`
 */
export function move(booking: Booking, to: Target, { by, now }: By): Change {
  assertChangeable(booking, { by, now });
  const sameTime = to.time.start === booking.time.start && to.time.end === booking.time.end;
  if (sameTime && to.advisorId === booking.advisorId) return { booking, event: null };
  return {
    booking: touched({ ...booking, ...to, sequence: booking.sequence + (sameTime ? 0 : 1) }, now),
    event: happened('moved', booking, { by, now }, { from: { time: booking.time, advisorId: booking.advisorId } }),
  };
}

/**
 * Gives a booking to another advisor at the same time, so that there is room for one more (`makeRoom`). The invitation stays as it is.
 *
 * @throws DomainError `booking-not-changeable`, see `assertChangeable`
 */
export function reassign(booking: Booking, advisorId: string, now: Instant): Change {
  const by: By = { by: { kind: 'system' }, now };
  assertChangeable(booking, by);
  const from = { time: booking.time, advisorId: booking.advisorId };
  return {
    booking: touched({ ...booking, advisorId }, now),
    event: happened('reassigned', booking, by, { from }),
  };
}

/**
 * Calls a booking off. Cancelling twice is the same as once.
 *
 * @throws DomainError `booking-not-changeable`, see `assertChangeable`
 */
export function cancel(booking: Booking, { by, now, reason }: By & { reason: string | null }): Change {
  if (booking.status === 'cancelled') return { booking, event: null };
  assertChangeable(booking, { by, now });
  return {
    booking: touched({ ...booking, status: 'cancelled', sequence: booking.sequence + 1 }, now),
    event: happened('cancelled', booking, { by, now }, { reason }),
  };
}

/** The client is here. Also takes back a `no_show`, since people come late. @throws DomainError `booking-not-changeable` */
export function checkIn(booking: Booking, by: By): Change {
  return attend(booking, 'checked_in', ['requested', 'confirmed', 'no_show'], by);
}

/** The consultation took place. @throws DomainError `booking-not-changeable` */
export function complete(booking: Booking, by: By): Change {
  return attend(booking, 'completed', ['confirmed', 'checked_in'], by);
}

/** The client did not come. @throws DomainError `booking-not-changeable`, also before the start */
export function noShow(booking: Booking, by: By): Change {
  if (booking.status === 'confirmed' && by.now < booking.time.start) throw notChangeable(booking, 'not-started');
  return attend(booking, 'no_show', ['confirmed'], by);
}

/**
 * Staff print the link with which the client changes the booking, as long as the client can change anything by it.
 *
 * @throws DomainError `booking-not-changeable`
 */
export function printLink(booking: Booking, { by, now }: By): BookingEvent {
  assertChangeable(booking, { by: { kind: 'client' }, now });
  return happened('link_printed', booking, { by, now }, {});
}

/** Whether `printLink` would do it. */
export function mayPrintLink(booking: Booking, now: Instant): boolean {
  return possibleActions(booking, { by: { kind: 'client' }, now }).has('move');
}

/** What can be done with the booking now; pages offer only these. */
export function possibleActions(
  booking: Booking,
  by: By,
): ReadonlySet<'move' | 'cancel' | 'check-in' | 'complete' | 'no-show'> {
  const allowed = (decide: () => unknown) => {
    try {
      decide();
      return true;
    } catch {
      return false;
    }
  };
  const actions = new Set<'move' | 'cancel' | 'check-in' | 'complete' | 'no-show'>();
  if (allowed(() => assertChangeable(booking, by))) actions.add('move').add('cancel');
  if (by.by.kind === 'client') return actions;
  if (booking.status !== 'checked_in' && allowed(() => checkIn(booking, by))) actions.add('check-in');
  if (booking.status !== 'completed' && allowed(() => complete(booking, by))) actions.add('complete');
  if (booking.status !== 'no_show' && allowed(() => noShow(booking, by))) actions.add('no-show');
  return actions;
}

/**
 * A client changes a booking until it starts; staff until it is over for good (completed, missed, cancelled).
 *
 * @throws DomainError `booking-not-changeable` with `status` and `why`: `status` or `started`
 */
export function assertChangeable(booking: Booking, { by, now }: By): void {
  const open: readonly Status[] =
    by.kind === 'client' ? ['requested', 'confirmed'] : ['requested', 'confirmed', 'checked_in'];
  if (!open.includes(booking.status)) throw notChangeable(booking, 'status');
  if (by.kind === 'client' && now >= booking.time.start) throw notChangeable(booking, 'started');
}

function attend(booking: Booking, status: Status & BookingEventType, from: readonly Status[], by: By): Change {
  if (booking.status === status) return { booking, event: null };
  if (!from.includes(booking.status)) throw notChangeable(booking, 'status');
  return { booking: touched({ ...booking, status }, by.now), event: happened(status, booking, by, {}) };
}

function touched(booking: Booking, now: Instant): Booking {
  return { ...booking, version: booking.version + 1, changedAt: now };
}

function happened(
  type: BookingEventType,
  booking: Booking,
  { by, now }: By,
  { reason = null, from = null }: Partial<Pick<BookingEvent, 'reason' | 'from'>>,
): BookingEvent {
  return { type, bookingId: booking.id, at: now, by, reason, from };
}

function notChangeable(booking: Booking, why: 'status' | 'started' | 'not-started'): DomainError {
  return new DomainError('booking-not-changeable', { status: booking.status, why });
}
