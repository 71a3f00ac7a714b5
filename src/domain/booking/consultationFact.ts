import { HOUR, type Instant, MINUTE } from '../calendar/interval';
import { daysBetween, localDate } from '../calendar/zone';
import type { Mode } from '../desk';
import { type Month, monthOf } from '../figures/months';
import type { LanguageTag } from '../text';
import type { Booking, Source, Status } from './booking';
import type { ClientGroup } from './outcome';
import { clientKey } from './reachable';

/**
 * What is stored of a consultation for statistics: codes and a month, but no id, name or time of day.
 */
export interface ConsultationFact {
  readonly deskId: string;
  /** In the desk's zone. */
  readonly month: Month;
  readonly topicId: string;
  readonly language: LanguageTag;
  readonly mode: Mode;
  readonly source: Source;
  /** The last recorded status; a booking that nobody closed stays `confirmed`. */
  readonly status: Status;
  /** The client cancelled it when others could hardly take the time any more. */
  readonly isCancelledLate: boolean;
  /** The client cancelled it themselves, at any time. */
  readonly isGivenBack: boolean;
  /** Which reminder had gone out last before it was to be, or was cancelled, by its days before; null: none. */
  readonly reminded: number | null;
  readonly attendees: number;
  /** How many of the attendees were not at the desk in this month before, as far as their client's address tells. */
  readonly persons: number;
  readonly onBehalf: boolean;
  /** Days from booking to consultation in the desk's calendar; 0 if the booking was entered afterwards. */
  readonly waitingDays: number;
  /** It followed up another consultation. */
  readonly isFollowUp: boolean;
  /** The partner to whom the client was referred; null: nobody. */
  readonly referredTo: string | null;
  readonly group: ClientGroup | null;
  /** How long the advisor was needed, with the buffer. */
  readonly minutes: number;
}

/** When a booking was cancelled last, and by whom. */
export interface Cancellation {
  readonly at: Instant;
  readonly byClient: boolean;
}

/** A reminder that was queued for a booking. */
export interface SentReminder {
  readonly daysBefore: number;
  readonly at: Instant;
}

/** A client who cancels later than this before the start leaves little time for another. */
const LATE_CANCELLATION_MS = 24 * HOUR;

interface Known {
  /** The desk's. */
  readonly timeZone: string;
  /** Undefined: it was not cancelled. */
  readonly cancellation?: Cancellation | undefined;
  /** Those that were queued for its start. */
  readonly reminders?: readonly SentReminder[] | undefined;
  /** See `personsOf`; absent: all attendees. */
  readonly persons?: number | undefined;
}

/** Returns the fact that remains of a booking. */
export function consultationFact(
  booking: Booking,
  { timeZone, cancellation, reminders = [], persons }: Known,
): ConsultationFact {
  const { start } = booking.time;
  const day = localDate(start, timeZone);
  const isCancelled = booking.status === 'cancelled';
  const answered = isCancelled ? (cancellation?.at ?? start) : start;
  const last = reminders
    .filter(({ at }) => at < answered)
    .sort((a, b) => a.at - b.at)
    .at(-1);
  return {
    deskId: booking.deskId,
    month: monthOf(day),
    topicId: booking.topicId,
    language: booking.language,
    mode: booking.mode,
    source: booking.source,
    status: booking.status,
    isCancelledLate: isCancelled && cancellation?.byClient === true && start - cancellation.at < LATE_CANCELLATION_MS,
    isGivenBack: isCancelled && cancellation?.byClient === true,
    reminded: last?.daysBefore ?? null,
    attendees: booking.attendees,
    persons: persons ?? booking.attendees,
    onBehalf: booking.onBehalfOf !== null,
    waitingDays: Math.max(0, daysBetween(localDate(booking.createdAt, timeZone), day)),
    isFollowUp: booking.follows !== null,
    referredTo: booking.outcome?.referral?.partnerId ?? null,
    group: booking.outcome?.group ?? null,
    minutes: Math.round((booking.blockedUntil - start) / MINUTE),
  };
}

/**
 * Returns how many persons each consultation adds to those who were here before it, by its id: all who attend, but of a
 * client with the same address only those who are more than the last time. A client without an address counts each
 * time.
 *
 * @param held the consultations that took place in a month
 */
export function personsOf(
  held: readonly Pick<Booking, 'id' | 'client' | 'attendees' | 'time'>[],
): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  const persons = new Map<string, number>();
  for (const { id, client, attendees } of [...held].sort((a, b) => a.time.start - b.time.start)) {
    const key = clientKey(client);
    const before = key === null ? 0 : (most.get(key) ?? 0);
    persons.set(id, Math.max(0, attendees - before));
    if (key !== null) most.set(key, Math.max(before, attendees));
  }
  return persons;
}
