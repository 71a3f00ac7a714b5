import type { Cancellation, ConsultationFact, SentReminder } from '../../domain/booking/consultationFact';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Month } from '../../domain/figures/months';
import type { FactCount, MonthTables } from '../../domain/figures/monthTables';
import type { UsedTime } from '../../domain/figures/usedTime';
import type { WaitingSample } from '../../domain/figures/waiting';

/** A month that is over and counted. What is told of it never changes again. */
export interface ClosedMonth {
  readonly deskId: string;
  readonly month: Month;
  readonly closedAt: Instant;
  readonly tables: MonthTables;
  readonly use: UsedTime;
}

/** Some months of a desk; both count. */
interface MonthsOf {
  readonly deskId: string;
  readonly from: Month;
  readonly to: Month;
}

/** Stores what is kept for the figures of a desk: facts without a person, and what is told of closed months. */
export interface FigureStore {
  /** Returns the last month that was closed; null: none was. */
  lastClosed(deskId: string): Promise<Month | null>;
  /** Returns when the first booking of the desk starts that is still there; null: there is none. */
  firstStart(deskId: string): Promise<Instant | null>;
  /** Returns the first month with a fact; null: there is none. */
  firstFact(deskId: string): Promise<Month | null>;
  /** Returns when, and by whom, the cancelled bookings that start in the range were cancelled last, by booking id. */
  cancellations(deskId: string, range: Interval): Promise<ReadonlyMap<string, Cancellation>>;
  /** Returns the reminders that were queued for the present start of the bookings that start in the range, by booking id. */
  reminders(deskId: string, range: Interval): Promise<ReadonlyMap<string, readonly SentReminder[]>>;
  /** Counts the desk's bookings, of any status, that start in the range. */
  countStarts(deskId: string, range: Interval): Promise<number>;
  addFacts(facts: readonly ConsultationFact[]): Promise<void>;
  /** Counts equal facts. */
  facts(months: MonthsOf): Promise<FactCount[]>;
  close(month: ClosedMonth): Promise<void>;
  /** Returns the closed months among these, ascending. */
  closed(months: MonthsOf): Promise<ClosedMonth[]>;
  /** Adds what was free on a day. A topic and language that has a sample of that day keeps it. */
  addSamples(samples: readonly WaitingSample[]): Promise<void>;
  /** Returns the last day with a sample; null: there is none. */
  lastSampled(deskId: string): Promise<LocalDate | null>;
  samples(months: MonthsOf): Promise<WaitingSample[]>;
}
