import type { AbsencePlan } from '../../domain/booking/absencePlan';
import type { Instant } from '../../domain/calendar/interval';

/** A question to a client whether the time to which staff moved their booking fits. */
export interface TimeQuestion {
  readonly bookingId: string;
  readonly deskId: string;
  /** The booking's version when it was asked; with another one the question is settled. */
  readonly version: number;
  readonly until: Instant;
}

/** Stores plans for absences, and the questions to clients that follow from them. */
export interface PlanStore {
  /** Adds a plan, or replaces the one with the same id. */
  save(plan: AbsencePlan): Promise<void>;
  find(id: string): Promise<AbsencePlan | undefined>;
  /** Returns the plans of the desk that are carried out, the latest first. */
  committed(deskId: string): Promise<AbsencePlan[]>;
  /** Asks a client, instead of what they were asked before about the same booking. */
  ask(question: TimeQuestion): Promise<void>;
  /** Returns the open question about a booking. */
  question(bookingId: string): Promise<TimeQuestion | undefined>;
  /** Returns the open questions whose time is over. */
  unanswered(now: Instant): Promise<TimeQuestion[]>;
  /** Closes the question about a booking. @returns `false` if there is none */
  settle(bookingId: string): Promise<boolean>;
}
