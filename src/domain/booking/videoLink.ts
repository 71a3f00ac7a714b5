import { type Instant, type Interval, MINUTE } from '../calendar/interval';
import { type Desk, isVideo } from '../desk';
import { assertChangeable, type Booking, type Status } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';

/** So long before the start those who advise have the button that starts it. */
const OPENS_BEFORE = 10 * MINUTE;
const AHEAD: readonly Status[] = ['requested', 'confirmed', 'checked_in'];

type Advising = Pick<Desk, 'advisors'>;

/**
 * By which link client and advisor meet: the booking's own, or else its advisor's standing room. Null where there is none, and where
 * nobody meets by video, or not any more.
 */
export function videoLinkOf(
  { mode, status, videoLink, advisorId }: Pick<Booking, 'mode' | 'status' | 'videoLink' | 'advisorId'>,
  { advisors }: Advising,
): string | null {
  if (!isVideo(mode) || !AHEAD.includes(status)) return null;
  return videoLink ?? advisors.find(({ id }) => id === advisorId)?.videoLink ?? null;
}

/** Whether the client, to whom a link was promised, has none, and it is not over yet. */
export function lacksVideoLink(booking: Booking, desk: Advising, now: Instant): boolean {
  const { mode, status, time } = booking;
  return isVideo(mode) && AHEAD.includes(status) && now < time.end && videoLinkOf(booking, desk) === null;
}

/** When those who advise are offered to start it. */
export function videoOpens({ start, end }: Interval): Interval {
  return { start: start - OPENS_BEFORE, end };
}

/**
 * Gives a booking a link of its own, or takes it away again: then its advisor's counts. SEQUENCE stays, as at another advisor.
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
