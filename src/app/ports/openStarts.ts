import type { LocalDate, LocalTime } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import type { LanguageTag } from '../../domain/text';

/** Half a day on which an advisor could give more consultations, if they worked then and the desk were open. */
export interface Opening {
  readonly advisorId: string;
  readonly date: LocalDate;
  readonly start: LocalTime;
  readonly end: LocalTime;
  /** How many of the missing starts it would give. */
  readonly starts: number;
}

/** The manager's task to open more starts for a topic in a language. */
export interface StartsTask {
  readonly id: string;
  readonly deskId: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  /** How many starts are missing from now to the end of `until`. */
  readonly missing: number;
  readonly until: LocalDate;
  /** What would help most; null: no half-day would help. */
  readonly opening: Opening | null;
  readonly createdAt: Instant;
}

/** Stores where starts are missing. */
export interface OpenStartsStore {
  /** Returns the open tasks of a desk, most missing first. */
  open(deskId: string): Promise<StartsTask[]>;
  /** Adds a task, or changes what the open one of that topic and language says; that one keeps id and age. */
  put(task: StartsTask): Promise<void>;
  /** Finishes a task. @returns `false` if the desk has no such open task */
  done(deskId: string, id: string, by: string, now: Instant): Promise<boolean>;
  /** Returns topic and language of the tasks that somebody finished at `since` or later, and not the program. */
  finished(deskId: string, since: Instant): Promise<Pick<StartsTask, 'topicId' | 'language'>[]>;
}

/** Who is noted as having finished what no longer holds. */
export const FINISHED_ITSELF = 'system';
