import type { HoursException, HoursRule } from '../../domain/calendar/hours';
import type { Interval } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';

/** Where desks live: hours, topics, advisors. Each read costs a fixed number of statements. */
export interface DeskStore {
  /** All desks, by id. */
  list(): Promise<Desk[]>;
  find(id: string): Promise<Desk | undefined>;
  /** The desks at which there is an advisor of this id; ids are unique within a desk only. */
  withAdvisor(advisorId: string): Promise<string[]>;
  add(desk: Desk): Promise<void>;
  replaceOpeningRules(deskId: string, rules: readonly HoursRule[]): Promise<void>;
  addException(deskId: string, exception: HoursException): Promise<void>;
  /** Absences of all the desk's advisors that touch `range`. */
  absences(deskId: string, range: Interval): Promise<Absence[]>;
  addAbsence(deskId: string, absence: Absence): Promise<void>;
}
