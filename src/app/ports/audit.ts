import type { BookingEventType, Status } from '../../domain/booking/booking';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Absence, Desk, Mode } from '../../domain/desk';

/** A row of the booking table with the rows of other tables that refer to it, without personal data. */
export interface AuditedRow {
  readonly id: string;
  readonly deskId: string;
  readonly advisorId: string;
  readonly mode: Mode;
  readonly status: Status | 'held' | 'lapsed';
  readonly time: Interval;
  readonly blockedUntil: Instant;
  /** Wall time at the desk as it was agreed, `YYYY-MM-DDTHH:MM`, its zone, and the time zone data of that day. */
  readonly localStart: string;
  readonly timeZone: string;
  readonly tzdata: string;
  readonly sequence: number;
  readonly version: number;
  /**
   * The events, oldest first. `messages` is the number of messages queued with the event; null for events from before
   * this was counted.
   */
  readonly history: readonly { readonly type: BookingEventType; readonly messages: number | null }[];
  /** The messages in the order in which they were written. */
  readonly messages: readonly { readonly kind: string; readonly sequence: number }[];
  /** `true` if the booking has or had a task of the kind `outside_hours`. */
  readonly flagged: boolean;
}

/** The result of the database's own checks. */
export interface Structure {
  /** The number of tables that were checked. */
  readonly tables: number;
  /**
   * One line for each fault, without personal data: damage, rows that refer to missing ones, missing guards of the
   * schema.
   */
  readonly faults: readonly string[];
}

/** Reads the whole database, for `check`. */
export interface AuditFacts {
  /** The time zone data that this program computes with. */
  readonly tzdata: string;
  desks(): Promise<Desk[]>;
  absences(deskId: string, range: Interval): Promise<Absence[]>;
  /** Yields every booking and hold in batches, ordered by desk, advisor and start. */
  rows(): AsyncIterable<readonly AuditedRow[]>;
  /**
   * Returns groups of ids that share a value which should be unique: holds of one browser, bookings of one reference.
   */
  doubled(what: 'hold' | 'reference'): Promise<readonly (readonly string[])[]>;
  structure(): Promise<Structure>;
}

/** Reads one consistent snapshot without locking writers out. */
export interface Audit {
  atOneMoment<T>(look: (facts: AuditFacts) => Promise<T>): Promise<T>;
}
