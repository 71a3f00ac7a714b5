import type { HoursException, HoursRule } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';

/** Where an exception came from: the desk's file, or somebody entered it. One that staff changed stays what it was. */
export type HoursOrigin = 'file' | 'staff';

/** An exception as it is kept. */
export interface ExceptionEntry {
  readonly exception: HoursException;
  readonly origin: HoursOrigin;
  /** From 1 on, one more with each change. */
  readonly version: number;
}

/** An absence as it is kept. */
export interface AbsenceEntry {
  readonly absence: Absence;
  readonly deskId: string;
  readonly version: number;
}

/** A page of absences. `next` is the cursor of the page behind it; null on the last. */
export interface AbsencePage {
  readonly entries: readonly AbsenceEntry[];
  readonly next: string | null;
}

/** Where desks live: hours, topics, advisors. Each read costs a fixed number of statements. */
export interface DeskStore {
  /** All desks, by id. */
  list(): Promise<Desk[]>;
  find(id: string): Promise<Desk | undefined>;
  /** The desks at which there is an advisor of this id; ids are unique within a desk only. */
  withAdvisor(advisorId: string): Promise<string[]>;
  add(desk: Desk): Promise<void>;
  /**
   * In the place of the one of its id. Topics and advisors that it does not name stay as they are, since bookings refer to them; its new
   * exceptions come from its file, and are the newest.
   */
  replace(desk: Desk): Promise<void>;
  replaceOpeningRules(deskId: string, rules: readonly HoursRule[]): Promise<void>;
  /** The desk's exceptions, the newest last. */
  exceptions(deskId: string): Promise<ExceptionEntry[]>;
  /** As the newest. */
  addException(deskId: string, exception: HoursException, origin: HoursOrigin): Promise<void>;
  /** In the place of the one of its id, and as the newest. */
  replaceException(deskId: string, exception: HoursException): Promise<void>;
  removeException(deskId: string, id: string): Promise<void>;
  /** Absences of all the desk's advisors that touch `range`. */
  absences(deskId: string, range: Interval): Promise<Absence[]>;
  /** Those that are not over at `from`, by start. @throws DomainError `invalid` for what is no cursor */
  absencesFrom(
    deskId: string,
    page: { from: Instant; cursor?: string | undefined; limit: number },
  ): Promise<AbsencePage>;
  findAbsence(id: string): Promise<AbsenceEntry | undefined>;
  addAbsence(deskId: string, absence: Absence): Promise<void>;
  /** In the place of the one of its id; the advisor stays. */
  replaceAbsence(absence: Absence): Promise<void>;
  removeAbsence(id: string): Promise<void>;
}
