import type { BookingEventType, Status } from '../../domain/booking/booking';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';

/** A booking or hold as it stands in its table, with what the other tables say of it. No personal data. */
export interface AuditedRow {
  readonly id: string;
  readonly deskId: string;
  readonly advisorId: string;
  readonly status: Status | 'held' | 'lapsed';
  readonly time: Interval;
  readonly blockedUntil: Instant;
  /** Wall time at the desk as it was agreed, `YYYY-MM-DDTHH:MM`, its zone, and the time zone data of that day. */
  readonly localStart: string;
  readonly timeZone: string;
  readonly tzdata: string;
  readonly sequence: number;
  readonly version: number;
  /** Oldest first. `messages`: how many were queued with it; null: from before that was counted. */
  readonly history: readonly { readonly type: BookingEventType; readonly messages: number | null }[];
  /** In the order of writing. */
  readonly messages: readonly { readonly kind: string; readonly sequence: number }[];
  /** It has or had a task of the kind `outside_hours`. */
  readonly flagged: boolean;
}

/** What the database says of itself. */
export interface Structure {
  /** How many tables were looked through. */
  readonly tables: number;
  /** One line each, without personal data: damage, rows that refer to nothing, guards of the schema that are gone. */
  readonly faults: readonly string[];
}

/** The whole database, for those who look for contradictions in it. */
export interface AuditFacts {
  /** The time zone data that this program computes with. */
  readonly tzdata: string;
  desks(): Promise<Desk[]>;
  absences(deskId: string, range: Interval): Promise<Absence[]>;
  /** Every booking and hold, by desk, advisor and start; batch by batch. */
  rows(): AsyncIterable<readonly AuditedRow[]>;
  /** Ids that share what should be one's own: the holds of one browser, the bookings of one reference. */
  doubled(what: 'hold' | 'reference'): Promise<readonly (readonly string[])[]>;
  structure(): Promise<Structure>;
}

/** Looks at everything as it is at one moment; nobody has to wait meanwhile. */
export interface Audit {
  atOneMoment<T>(look: (facts: AuditFacts) => Promise<T>): Promise<T>;
}
