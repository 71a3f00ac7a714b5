import type { Text } from '../text';

/** A day in the desk's zone, `YYYY-MM-DD`. Days can be compared as strings. */
export type LocalDate = string;
/** A time of day on the desk's clock, `HH:MM`; `24:00` only as an end. Times can be compared as strings. */
export type LocalTime = string;

/**
 * How a desk is reached in a window: by appointment, which is the usual; by those who come without one, so that nothing
 * is booked then; by phone, so that only consultations by phone are booked.
 */
export const WINDOW_KINDS = ['appointment', 'walk_in', 'phone'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/**
 * A half-open stretch of time on the desk's clock. An end before the start lies on the next day: 22:00–06:00 is one
 * window, and it belongs to the day on which it begins.
 */
export interface LocalWindow {
  readonly start: LocalTime;
  readonly end: LocalTime;
  /** Absent: by appointment. It matters only in a desk's rules and special openings. */
  readonly kind?: WindowKind | undefined;
}

/**
 * Recurring hours: an RFC 5545 RRULE (without `RRULE:`) in floating time, with the window that it opens on each day.
 * Desks (opening rules) and advisors (working rules) have the same shape.
 */
export interface HoursRule extends LocalWindow {
  readonly rrule: string;
  /**
   * First day on which the rule holds; INTERVAL and COUNT are counted from it. If absent, the rule counts from
   * 1970-01-01, a Thursday.
   */
  readonly from?: LocalDate;
  /** First day on which the rule no longer holds. If absent, the rule does not end. */
  readonly until?: LocalDate;
}

/**
 * A date or span [from, to) that overrides the rules. It is of one of three kinds: a closure (`closed`), a special
 * opening (`windows` replace the usual ones), or a pause (`pauses` are taken from the windows that the day has
 * otherwise).
 */
export interface HoursException {
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly closed: boolean;
  /** Empty in a closure and in a pause; otherwise the windows that replace the usual ones. */
  readonly windows: readonly LocalWindow[];
  /** Times taken from the day's windows. Absent in a closure and in a special opening. */
  readonly pauses?: readonly LocalWindow[];
  /**
   * RFC 5545 RRULE by which the exception recurs; `from` is its DTSTART, and `to` ends the first occurrence. Absent: it
   * occurs once.
   */
  readonly rrule?: string;
  readonly reason: Text;
}

/** Everything that decides when a desk is open. */
export interface Hours {
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  /** Region whose public holidays close the desk (`DE-NW`), or null if the desk observes none. */
  readonly holidays: string | null;
  readonly rules: readonly HoursRule[];
  /** In the order of entry, so the newest is the last. */
  readonly exceptions: readonly HoursException[];
}
