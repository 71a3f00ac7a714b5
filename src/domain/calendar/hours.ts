import type { Text } from '../text';

/** A day in the desk's zone, `YYYY-MM-DD`. Compares correctly as a string. */
export type LocalDate = string;
/** A time of day on the desk's clock, `HH:MM`; `24:00` only as an end. Compares correctly as a string. */
export type LocalTime = string;

/** A stretch of one day on the desk's clock, half-open. */
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

/** A date or span that overrides the rules: a closure, or a special opening with windows that replace. `to` is the first day not meant. */
export interface HoursException {
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly closed: boolean;
  readonly windows: readonly LocalWindow[];
  readonly reason: Text;
}

/** All that decides when a desk is open. */
export interface Hours {
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  /** Region of the public holidays (`DE-NW`), or null: none are kept. */
  readonly holidays: string | null;
  readonly rules: readonly HoursRule[];
  readonly exceptions: readonly HoursException[];
}
