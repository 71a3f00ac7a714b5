import type { CalendarFault } from '../../domain/calendars/busyTimes';
import type { Unfit } from './receivers';

/** Why the calendar at an address cannot be read. */
export type CalendarProblem =
  | Unfit
  | CalendarFault
  /** Nobody answered in time. */
  | 'time'
  /** There is no connection, or no trust in the certificate. */
  | 'connection'
  /** The address leads to another one, which is not followed. */
  | 'moved'
  /** It was answered with another status than 200. */
  | 'refused'
  /** It is larger than a calendar may be. */
  | 'large'
  /** The address cannot be opened, because SECRET is another one. */
  | 'secret';

/** What a server said about the version of a calendar, to ask whether it is still the same. */
export interface CalendarMark {
  /** ETag. */
  readonly tag: string | null;
  /** Last-Modified. */
  readonly modified: string | null;
}

/** Reads calendars of others. */
export interface CalendarReader {
  /**
   * Reads the calendar at an address once, and never throws.
   *
   * @param known the version that is known; absent: none is
   * @returns `same`: it is that version
   */
  read(
    url: string,
    known?: CalendarMark,
  ): Promise<({ readonly text: string } & CalendarMark) | 'same' | { readonly problem: CalendarProblem }>;
}
