import type { Actor, Booking, BookingEvent } from '../booking/booking';
import { videoLinkOf } from '../booking/videoLink';
import { type Instant, MINUTE } from '../calendar/interval';
import type { Desk } from '../desk';

/** Within so long, a client's changes of one booking count as one thought. */
const THOUGHT = 10 * MINUTE;
/** So many of them are mailed at once. */
const MAILED_AT_ONCE = 2;
/** So long the mails about further ones wait for whatever takes their place. */
const WAIT = MINUTE;

/** A booking as the readers of its messages know it, and who changed it since. */
export interface Known extends Pick<Booking, 'time' | 'advisorId' | 'tied' | 'status'> {
  readonly by: Actor;
  /** By which link both meet; absent: from before there were any. */
  readonly videoLink?: string | null;
  /** They have not heard of the booking at all: its first mail has not gone out. */
  readonly unheard?: boolean;
}

/**
 * When the mails about a client's change may go out: at once, or from the third change within ten minutes on after a minute, in which
 * a later one takes their place.
 *
 * @param history what was recorded before this change
 */
export function mailedFrom(
  history: readonly Pick<BookingEvent, 'by' | 'type' | 'at'>[],
  { by }: Pick<BookingEvent, 'by'>,
  now: Instant,
): Instant {
  if (by.kind !== 'client') return now;
  const earlier = history.filter(
    (event) => event.by.kind === 'client' && event.type !== 'booked' && event.at > now - THOUGHT,
  );
  return earlier.length >= MAILED_AT_ONCE ? now + WAIT : now;
}

/** What is to be told of a change whose forerunners nobody was told of, see `merged`. */
export interface Merged {
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: BookingEvent;
}

/**
 * What one reader is told of a change in whose mail earlier ones go under.
 *
 * Who has not heard of the booking is told of it as of a new one, or, where it is over, only the client that it is: they know it from
 * the page. A client who took a cancellation back at once hears that it goes ahead, though nobody told them otherwise.
 *
 * @param held whether the mails that went under waited for this
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
  const news = merged(known, booking, event, desk);
  return news ?? (reader === 'client' && event.type === 'restored' && !held ? { booking, before, event } : null);
}

/**
 * One change out of several of which the last is `event`: from what is known to what the booking is now. Null where that is the same.
 *
 * Who knows the booking at another place is told of a cancellation as of that place.
 */
export function merged(
  known: Known,
  booking: Booking,
  event: BookingEvent,
  desk: Pick<Desk, 'advisors'>,
): Merged | null {
  const { by: changedBy, ...place } = known;
  const before: Booking = { ...booking, ...place };
  const by = event.by.kind === 'system' ? changedBy : event.by;
  if (booking.status === 'cancelled')
    return known.status === 'cancelled'
      ? null
      : { booking: { ...booking, time: known.time, advisorId: known.advisorId, tied: known.tied }, before, event };
  const isThere = known.status !== 'cancelled';
  const sameTime = known.time.start === booking.time.start && known.time.end === booking.time.end;
  const sameAdvisor = known.advisorId === booking.advisorId;
  const sameLink = known.videoLink === undefined || known.videoLink === videoLinkOf(booking, desk);
  if (isThere && sameTime && sameAdvisor && sameLink) return null;
  const type = !isThere ? 'restored' : sameTime ? atSameTime(event, sameAdvisor) : 'moved';
  return { booking, before, event: { ...event, type, by, from: { time: known.time, advisorId: known.advisorId } } };
}

/** What it comes to where the time is what it was. */
function atSameTime({ type }: BookingEvent, sameAdvisor: boolean): BookingEvent['type'] {
  if (sameAdvisor) return 'video_link_changed';
  return type === 'video_link_changed' ? 'moved' : type;
}
