import type { Booking } from '../../domain/booking/booking';
import { videoLinkOf, videoOpens } from '../../domain/booking/videoLink';
import type { Instant } from '../../domain/calendar/interval';
import { localDate, localTime } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';

/**
 * Returns the link that opens a video consultation, and from when until when it is shown, on the desk's clock of the
 * booking's day; a page that stays open shows it then.
 */
export function videoStart(booking: Booking, desk: Desk, now: Instant) {
  const href = videoLinkOf(booking, desk);
  if (href === null) return undefined;
  const { start, end } = videoOpens(booking.time);
  const zone = desk.hours.timeZone;
  const day = localDate(booking.time.start, zone);
  return {
    href,
    isOpen: start <= now && now < end,
    opens: clockOn(day, start, zone),
    shuts: clockOn(day, end, zone),
  };
}

/** Returns the time of an instant on the clock of a day; the day before ends at 00:00, the day after begins at 24:00. */
export function clockOn(day: string, at: Instant, zone: string): string {
  const date = localDate(at, zone);
  if (date !== day) return date < day ? '00:00' : '24:00';
  return localTime(at, zone);
}
