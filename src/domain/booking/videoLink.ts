import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import { type Desk, isVideo } from '../desk';
import { assertChangeable, type Booking, type Status } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';

/** How long before the start advisors are offered the button that opens the video room. */
const OPENS_BEFORE_MS = 10 * MINUTE;
const AHEAD: readonly Status[] = ['requested', 'confirmed', 'checked_in'];

type Advising = Pick<Desk, 'advisors'>;

/**
 * Returns the link by which client and advisor meet: the booking's own, or else the advisor's standing room. Null if
 * there is none, if the mode is not video, or if the consultation no longer takes place.
 */
export function videoLinkOf(
  { mode, status, videoLink, advisorId }: Pick<Booking, 'mode' | 'status' | 'videoLink' | 'advisorId'>,
  { advisors }: Advising,
): string | null {
  if (!isVideo(mode) || !AHEAD.includes(status)) return null;
  return videoLink ?? advisors.find(({ id }) => id === advisorId)?.videoLink ?? null;
}

/** Tells whether a client who is waiting for a video consultation has no link yet, and the consultation is not over. */
export function lacksVideoLink(booking: Booking, desk: Advising, now: Instant): boolean {
  const { mode, status, time } = booking;
  return isVideo(mode) && AHEAD.includes(status) && now < time.end && videoLinkOf(booking, desk) === null;
}

/** Returns the time in which advisors are offered the button that opens the video room. */
export function videoOpens({ start, end }: Interval): Interval {
  return { start: start - OPENS_BEFORE_MS, end };
}

/**
 * Gives a booking its own link, or removes it, so that the advisor's link applies again. SEQUENCE stays the same, as it
 * does for another advisor.
 *
 * @param videoLink as `readVideoLink` returns it
 * @throws DomainError `booking-not-changeable` with `why`, see `assertChangeable`; `not-video`
 */
export function changeVideoLink(booking: Booking, videoLink: string | null, by: By): Change {
  if (!isVideo(booking.mode)) throw notChangeable(booking, 'not-video');
  if (booking.videoLink === videoLink) return { booking, event: null };
  assertChangeable(booking, by);
  return {
    booking: touched({ ...booking, videoLink }, by.now),
    event: happened('video_link_changed', booking, by),
  };
}
