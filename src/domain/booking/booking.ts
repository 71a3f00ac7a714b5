import { HOUR, type Instant, type Interval } from '../calendar/interval';
import type { Mode } from '../desk';
import type { LanguageTag } from '../text';
import { type By, type Change, happened, notChangeable, touched, type Why } from './change';
import type { Answers } from './questions';

/** In the order of a booking's life; `requested` waits for the desk's consent, and no use case makes one yet. All but `cancelled` keep their time. */
export const STATUSES = ['requested', 'confirmed', 'checked_in', 'completed', 'no_show', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

/** No consultation takes longer with its buffer. The schema refuses it, so that what touches a moment began in the day before. */
export const LONGEST_CONSULTATION_MS = 24 * HOUR;

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
  /** What the topic asked, see `readAnswers`; as private as the note. */
  readonly answers: Answers;
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
  /** Its own link for a video consultation, see `videoLinkOf`; null: none, or its advisor's counts. */
  readonly videoLink: string | null;
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
export const BOOKING_EVENTS = [
  ...(['booked', 'moved', 'reassigned', 'cancelled', 'restored'] as const),
  ...([
    'checked_in',
    'check_in_undone',
    'completed',
    'no_show',
    'reopened',
    'link_printed',
    'video_link_changed',
  ] as const),
] as const;
export type BookingEventType = (typeof BOOKING_EVENTS)[number];

/** One line of a booking's history, and the source of every message about it. */
export interface BookingEvent {
  readonly type: BookingEventType;
  readonly bookingId: string;
  readonly at: Instant;
  readonly by: Actor;
  /** Why it was cancelled or moved, if a reason was given. */
  readonly reason: string | null;
  /** Where the booking was before, for `moved` and `reassigned`, and for `restored` to another advisor. */
  readonly from: { readonly time: Interval; readonly advisorId: string } | null;
}

/** What is no step of its own: the status stays, or follows from the new time. */
const NO_STEPS: ReadonlySet<BookingEventType> = new Set(['moved', 'reassigned', 'link_printed', 'video_link_changed']);

/** What was last done to the status, whoever has the booking since and when it takes place. @param history oldest first */
export function lastStep<T extends Pick<BookingEvent, 'type'>>(history: readonly T[]): T | undefined {
  return history.filter(({ type }) => !NO_STEPS.has(type)).at(-1);
}

/** Whether another advisor may give it: nobody was promised to its client, and it has not begun. A hold may be given away as well. */
export function isMovable({ tied, status }: { readonly tied: boolean; readonly status: Status | 'held' }): boolean {
  return !tied && (status === 'held' || status === 'requested' || status === 'confirmed');
}

/** Where a move leads to, or what is taken back into. */
export interface Target {
  readonly time: Interval;
  readonly blockedUntil: Instant;
  readonly advisorId: string;
  readonly tied: boolean;
}

/**
 * Moves a booking to another time or advisor. SEQUENCE rises only if the time changes: the advisor is not part of the invitation.
 * Moving it to where it already is changes nothing. Who was checked in is not here at another time: then it is `confirmed` again.
 *
 * @throws DomainError `booking-not-changeable`, see `assertChangeable`
 */
export function move(
  booking: Booking,
  to: Target,
  { by, now, reason = null }: By & { reason?: string | null },
): Change {
  assertChangeable(booking, { by, now });
  const sameTime = to.time.start === booking.time.start && to.time.end === booking.time.end;
  if (sameTime && to.advisorId === booking.advisorId) return { booking, event: null };
  return {
    booking: touched(sameTime ? { ...booking, ...to } : { ...booking, ...to, ...elsewhere(booking) }, now),
    event: happened(
      'moved',
      booking,
      { by, now },
      { reason, from: { time: booking.time, advisorId: booking.advisorId } },
    ),
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

/**
 * Staff print the link with which the client changes the booking, as long as the client can change anything by it.
 *
 * @throws DomainError `booking-not-changeable`
 */
export function printLink(booking: Booking, { by, now }: By): BookingEvent {
  assertChangeable(booking, { by: { kind: 'client' }, now });
  return happened('link_printed', booking, { by, now });
}

/** Whether `printLink` would do it. */
export function mayPrintLink(booking: Booking, now: Instant): boolean {
  return againstChange(booking, { by: { kind: 'client' }, now }) === null;
}

/**
 * A client changes a booking until it starts; staff until it is over for good (completed, missed, cancelled).
 *
 * @throws DomainError `booking-not-changeable` with `status` and `why`: `status` or `started`
 */
export function assertChangeable(booking: Booking, by: By): void {
  const why = againstChange(booking, by);
  if (why) throw notChangeable(booking, why);
}

function againstChange({ status, time }: Booking, { by, now }: By): Why | null {
  const open: readonly Status[] =
    by.kind === 'client' ? ['requested', 'confirmed'] : ['requested', 'confirmed', 'checked_in'];
  if (!open.includes(status)) return 'status';
  return by.kind === 'client' && now >= time.start ? 'started' : null;
}

/** What another time means for the invitation, and for who was here already. */
function elsewhere({ sequence, status }: Booking): Pick<Booking, 'sequence' | 'status'> {
  return { sequence: sequence + 1, status: status === 'checked_in' ? 'confirmed' : status };
}
