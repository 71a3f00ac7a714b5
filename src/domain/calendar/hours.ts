import type { Text } from '../text';

/** A day in the desk's zone, `YYYY-MM-DD`. Compares correctly as a string. */
export type LocalDate = string;
/** A time of day on the desk's clock, `HH:MM`; `24:00` only as an end. Compares correctly as a string. */
export type LocalTime = string;

/**
 * A stretch of time on the desk's clock, half-open, that begins on some day. An end before the start is on the next day, where the clock
 * shows it: 22:00–06:00 is one window, of the day on which it begins.
 */
export interface LocalWindow {
  readonly start: LocalTime;
  readonly end: LocalTime;
}

/**
 * Hours that recur: an RFC 5545 RRULE (without `RRULE:`), floating, with the stretch of the day that it opens.
 * The same shape for a desk (opening rule) and for an advisor (working rule).
 */
export interface HoursRule extends LocalWindow {
  readonly rrule: string;
  /** First day on which the rule holds; it also anchors INTERVAL and COUNT. Absent: since always (anchored at 1970-01-01, a Thursday). */
  readonly from?: LocalDate;
  /** First day on which the rule no longer holds. Absent: for good. */
  readonly until?: LocalDate;
}

/**
 * A date or span that overrides the rules. One of three kinds: a closure (`closed`), a special opening (`windows` that replace the
 * usual ones), or a pause (`pauses` that are taken from what the day has without it). `to` is the first day not meant.
 */
export interface HoursException {
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly closed: boolean;
  /** Empty in a closure and in a pause. */
  readonly windows: readonly LocalWindow[];
  /** Absent: it replaces, and takes nothing off. */
  readonly pauses?: readonly LocalWindow[];
  /** RFC 5545 RRULE by which it comes again; `from` is the DTSTART, and `to` ends the first occurrence. Absent: it is meant once. */
  readonly rrule?: string;
  readonly reason: Text;
}

/** All that decides when a desk is open. */
export interface Hours {
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  /** Region of the public holidays (`DE-NW`), or null: none are kept. */
  readonly holidays: string | null;
  readonly rules: readonly HoursRule[];
  /** In the order in which they were entered: the newest is the last. */
  readonly exceptions: readonly HoursException[];
}
