import type { Actor, Booking, BookingEvent, BookingEventType } from '../booking/booking';
import { isReaddressed } from '../booking/details';
import { videoLinkOf } from '../booking/videoLink';
import { type Instant, MINUTE, SECOND } from '../calendar/interval';
import type { Desk } from '../desk';

/** A client's changes of one booking within this time are counted together. */
const COUNTED_TOGETHER_MS = 10 * MINUTE;
/** The number of these changes that are mailed at once. */
const MAILED_AT_ONCE = 2;
/** How long the mails about further changes wait, so that a later change can replace them. */
const MERGING_WAIT_MS = MINUTE;
/** The changes by staff that are mailed after the desk's grace. */
const GRACED: ReadonlySet<BookingEventType> = new Set(['moved', 'move_undone', 'reassigned', 'cancelled']);

/** A booking as the readers of its messages know it, and who has changed it since. */
export interface Known extends Pick<Booking, 'time' | 'advisorId' | 'tied' | 'status'> {
  readonly by: Actor;
  /** The link that they know; absent: the message was written before links existed. */
  readonly videoLink?: string | null;
  /** The mode that they know; absent: the message was written before it could be changed. */
  readonly mode?: Booking['mode'];
  /** They do not know of the booking at all, because its first mail has not been sent. */
  readonly unheard?: boolean;
}

/**
 * Returns when the mails about a change by staff may be sent: after the desk's grace, in which it can be undone or
 * replaced by another one.
 */
export function mailedAfterGrace(
  type: BookingEventType,
  { mailGraceSeconds }: Pick<Desk, 'mailGraceSeconds'>,
  now: Instant,
): Instant {
  return GRACED.has(type) ? now + mailGraceSeconds * SECOND : now;
}

/**
 * Returns when the mails about a client's change may be sent. From the third change within ten minutes on, they wait
 * for a minute, in which a later change can replace them.
 *
 * @param history what was recorded before this change
 */
export function mailedFrom(history: readonly Pick<BookingEvent, 'by' | 'type' | 'at'>[], now: Instant): Instant {
  const earlier = history.filter(
    (event) => event.by.kind === 'client' && event.type !== 'booked' && event.at > now - COUNTED_TOGETHER_MS,
  );
  return earlier.length >= MAILED_AT_ONCE ? now + MERGING_WAIT_MS : now;
}

/** What is told of a change that replaces earlier unsent ones, see `merged`. */
export interface Merged {
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: BookingEvent;
}

/**
 * Returns what one reader is told of a change whose mail replaces earlier ones; null: nothing.
 *
 * A reader who does not know of the booking is told of a new one. If it is cancelled by now, only the client is told,
 * because they saw it on the page. A client who restored the booking at once is told that it goes ahead, even though
 * the mail about the cancellation was never sent.
 *
 * @param held whether the mails that are replaced were waiting for this
 */
export function mergedFor(
  reader: 'client' | 'staff',
  { known, held }: { readonly known: Known; readonly held: boolean },
  { booking, before, event, desk }: Merged & { readonly desk: Pick<Desk, 'advisors'> },
): Merged | null {
  if (known.unheard) {
    if (booking.status === 'cancelled') return reader === 'client' ? { booking, before, event } : null;
    return { booking, before: null, event: { ...event, type: 'booked', from: null } };
  }
  // Whoever was told of a request is told that it is one no longer.
  if (event.type === 'confirmed') return { booking, before, event };
  // The old address is told that it is no longer invited, whatever else is new.
  if (before && isReaddressed(before, booking)) return { booking, before: { ...before, ...placeOf(known) }, event };
  const news = merged(known, booking, event, desk);
  return news ?? (reader === 'client' && event.type === 'restored' && !held ? { booking, before, event } : null);
}

/**
 * Merges several changes, of which `event` is the last, into one that leads from what the reader knows to the present
 * booking. Null if both are the same.
 *
 * A cancellation is told for the time and advisor that the reader knows.
 */
export function merged(
  known: Known,
  booking: Booking,
  event: BookingEvent,
  desk: Pick<Desk, 'advisors'>,
): Merged | null {
  const { by: changedBy } = known;
  const before: Booking = { ...booking, ...placeOf(known) };
  const by = event.by.kind === 'system' ? changedBy : event.by;
  if (booking.status === 'cancelled')
    return known.status === 'cancelled'
      ? null
      : { booking: { ...booking, time: known.time, advisorId: known.advisorId, tied: known.tied }, before, event };
  const isThere = known.status !== 'cancelled';
  const sameTime = known.time.start === booking.time.start && known.time.end === booking.time.end;
  const sameAdvisor = known.advisorId === booking.advisorId;
  const sameLink = known.videoLink === undefined || known.videoLink === videoLinkOf(booking, desk);
  const sameMode = known.mode === undefined || known.mode === booking.mode;
  if (isThere && sameTime && sameAdvisor && sameLink && sameMode) return null;
  const type = !isThere ? 'restored' : !sameTime ? 'moved' : !sameMode ? 'corrected' : atSameTime(event, sameAdvisor);
  return { booking, before, event: { ...event, type, by, from: { time: known.time, advisorId: known.advisorId } } };
}

function placeOf({ time, advisorId, tied, status, videoLink, mode }: Known): Partial<Booking> {
  return {
    ...{ time, advisorId, tied, status },
    ...(videoLink !== undefined && { videoLink }),
    ...(mode !== undefined && { mode }),
  };
}

/** Returns the type of the merged change if the time has not changed. */
function atSameTime({ type }: BookingEvent, sameAdvisor: boolean): BookingEvent['type'] {
  if (sameAdvisor) return 'video_link_changed';
  return type === 'video_link_changed' ? 'moved' : type;
}
