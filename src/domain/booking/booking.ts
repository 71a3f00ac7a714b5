import { HOUR, type Instant, type Interval, type Minutes } from '../calendar/interval';
import type { Mode } from '../desk';
import type { LanguageTag } from '../text';
import { type By, type Change, happened, notChangeable, touched, type Why } from './change';
import type { Interpreting } from './interpreting';
import type { NotedOutcome } from './outcome';
import type { Answers } from './questions';

/**
 * In the order of a booking's life. `requested` means that the desk has to find an interpreter and confirm it.
 * Every status but `cancelled` keeps the time occupied.
 */
export const STATUSES = ['requested', 'confirmed', 'checked_in', 'completed', 'no_show', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

/**
 * The greatest length of a consultation with its buffer. The schema enforces it, so that whatever overlaps an instant
 * began at most a day before.
 */
export const LONGEST_CONSULTATION_MS = 24 * HOUR;

/** The person who is advised, as stated by the client or by reception for them. */
export interface Client {
  /** One field, in any script. */
  readonly name: string;
  /** Null only for bookings made by staff for somebody without mail; such clients get no messages. */
  readonly email: string | null;
  readonly phone: string | null;
  /** Language of the mails; the language of the consultation is `Booking.language`. */
  readonly language: LanguageTag;
}

/** What somebody needs to take part; as confidential as the note. */
export const SUPPORT = ['wheelchair', 'sign_language', 'quiet_room', 'child'] as const;
export type Support = (typeof SUPPORT)[number];

/** Who is advised, if that is not the client alone: an employee, for whom their company books. */
export interface Person {
  readonly name: string;
  /** Null: they get no mail of their own. */
  readonly email: string | null;
  /** Language of their mails. */
  readonly language: LanguageTag;
}

/** What the client tells the desk before the consultation. */
export interface Details {
  readonly client: Client;
  readonly attendees: number;
  /** For whom the client books; an empty organisation: a person whom they know. */
  readonly onBehalfOf: { readonly organisation: string; readonly name: string } | null;
  /** Those who are advised, each with their own mails; empty: the client, or whom `onBehalfOf` names. */
  readonly people: readonly Person[];
  readonly support: readonly Support[];
  /** Free text. It is never put into calendar entries, subjects, feeds or logs. */
  readonly note: string | null;
  /** Answers to the topic's questions, see `readAnswers`; as confidential as the note. */
  readonly answers: Answers;
}

/**
 * How the booking was made: by the client on the web or through the API, by phone, at the desk without an appointment,
 * or in another system.
 */
export const SOURCES = ['web', 'phone', 'walk_in', 'import'] as const;
export type Source = (typeof SOURCES)[number];

/** A consultation that was given to a client. */
export interface Booking extends Details {
  readonly id: string;
  readonly deskId: string;
  /** The code that a client reads out on the phone: `K7MQ-4XWT`. */
  readonly reference: string;
  /** iCalendar UID, a random UUID that never changes (RFC 7986 §5.3). */
  readonly uid: string;
  /**
   * The mail address that invites. It stays ORGANIZER and From for ever, because calendars refuse a change of it (RFC
   * 5546 §3.2.5).
   */
  readonly organizer: string;
  readonly status: Status;
  readonly topicId: string;
  /** The language that the advisor speaks. */
  readonly language: LanguageTag;
  /** So much later the client said on the way that they come; null: they have not. */
  readonly lateMinutes: number | null;
  /** So long before its start the client's calendar reminds them, if they want that; null: not at all. */
  readonly alarmMinutes: Minutes | null;
  /** Who interprets it for the client; null: nobody has to. */
  readonly interpreting: Interpreting | null;
  readonly mode: Mode;
  readonly advisorId: string;
  /** The client asked for this advisor, or reception chose them. Only then is the client told the name. */
  readonly tied: boolean;
  /** Staff judged it urgent, so that it may use what the desk keeps for urgent matters. */
  readonly urgent: boolean;
  readonly time: Interval;
  /**
   * The booking's own link for a video consultation, see `videoLinkOf`; null: the advisor's link applies, if there is
   * one.
   */
  readonly videoLink: string | null;
  /** End of the buffer; until then the advisor takes nothing else. */
  readonly blockedUntil: Instant;
  readonly source: Source;
  /** The consultation that this one follows up, by its id; null: it is a first one. */
  readonly follows: string | null;
  /** What became of it; null: nobody has said so. Only a completed one has any. */
  readonly outcome: NotedOutcome | null;
  /** iCalendar SEQUENCE; rises with every change that the invitee must see (RFC 5546 §2.1.4). */
  readonly sequence: number;
  /** Rises with every change; it is the ETag of the staff API. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** Who made a change, for the history. */
export type Actor =
  | { readonly kind: 'client' }
  | { readonly kind: 'staff'; readonly name: string }
  | { readonly kind: 'system' };

/** The types of events in a history. */
export const BOOKING_EVENTS = [
  ...(['booked', 'moved', 'move_undone', 'reassigned', 'cancelled', 'restored'] as const),
  ...([
    'checked_in',
    'check_in_undone',
    'completed',
    'no_show',
    'reopened',
    'link_printed',
    'video_link_changed',
    'time_accepted',
    'corrected',
    'confirmed',
    'late',
    'kept',
    'outcome_noted',
  ] as const),
] as const;
export type BookingEventType = (typeof BOOKING_EVENTS)[number];

/** One event of a booking's history. Every message about the booking is made from one. */
export interface BookingEvent {
  readonly type: BookingEventType;
  readonly bookingId: string;
  readonly at: Instant;
  readonly by: Actor;
  /** The reason of a cancellation or move, if one was given. */
  readonly reason: string | null;
  /** The time and advisor before the event, for `moved`, `move_undone`, `reassigned`, and `restored` with another advisor. */
  readonly from: { readonly time: Interval; readonly advisorId: string } | null;
}

/** Events that are not steps: the status stays, or follows from the new time. */
const NO_STEPS: ReadonlySet<BookingEventType> = new Set([
  ...(['moved', 'move_undone', 'reassigned'] as const),
  ...(['link_printed', 'video_link_changed', 'time_accepted', 'corrected', 'late', 'kept', 'outcome_noted'] as const),
]);

/**
 * Returns the last event that set the status, leaving out changes of time, advisor or link. @param history oldest first
 */
export function lastStep<T extends Pick<BookingEvent, 'type'>>(history: readonly T[]): T | undefined {
  return history.filter(({ type }) => !NO_STEPS.has(type)).at(-1);
}

/**
 * Tells whether the engagement may be given to another advisor: it is not tied to a person and has not begun. Holds can
 * be given away as well.
 */
export function isMovable({ tied, status }: { readonly tied: boolean; readonly status: Status | 'held' }): boolean {
  return !tied && (status === 'held' || status === 'requested' || status === 'confirmed');
}

/** The time and advisor that a booking is moved to, or restored with. */
export interface Target {
  readonly time: Interval;
  readonly blockedUntil: Instant;
  readonly advisorId: string;
  readonly tied: boolean;
}

/**
 * Moves a booking to another time or advisor. SEQUENCE rises only if the time changes, because the advisor is not part
 * of the invitation. Moving it to where it already is changes nothing. At another time a `checked_in` booking becomes
 * `confirmed`, because the client is not here then.
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
 * Gives a booking to another advisor at the same time, so that there is room for one more (`makeRoom`). The invitation
 * stays the same.
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
 * Cancels a booking. Cancelling a cancelled booking changes nothing.
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
 * Records that staff printed the manage link, which is possible as long as the client can change the booking with it.
 *
 * @throws DomainError `booking-not-changeable`
 */
export function printLink(booking: Booking, { by, now }: By): BookingEvent {
  assertChangeable(booking, { by: { kind: 'client' }, now });
  return happened('link_printed', booking, { by, now });
}

/** Tells whether `printLink` would accept it. */
export function mayPrintLink(booking: Booking, now: Instant): boolean {
  return againstChange(booking, { by: { kind: 'client' }, now }) === null;
}

/**
 * Checks that the booking can be changed: by a client until it starts, by staff until it is closed (completed, missed
 * or cancelled).
 *
 * @throws DomainError `booking-not-changeable` with `status` and `why`: `status` or `started`
 */
export function assertChangeable(booking: Booking, by: By): void {
  const why = againstChange(booking, by);
  if (why) throw notChangeable(booking, why);
}

/** Tells whether `assertChangeable` would accept it. */
export function isChangeable(booking: Booking, by: By): boolean {
  return againstChange(booking, by) === null;
}

function againstChange({ status, time }: Booking, { by, now }: By): Why | null {
  const open: readonly Status[] =
    by.kind === 'client' ? ['requested', 'confirmed'] : ['requested', 'confirmed', 'checked_in'];
  if (!open.includes(status)) return 'status';
  return by.kind === 'client' && now >= time.start ? 'started' : null;
}

/** Returns the fields that change with the time: the next SEQUENCE, and `confirmed` for a client who was checked in. */
function elsewhere({ sequence, status }: Booking): Pick<Booking, 'sequence' | 'status' | 'lateMinutes'> {
  return { lateMinutes: null, sequence: sequence + 1, status: status === 'checked_in' ? 'confirmed' : status };
}
