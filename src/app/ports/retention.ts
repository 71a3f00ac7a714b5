import type { Booking } from '../../domain/booking/booking';
import type { Cancellation, ConsultationFact, SentReminder } from '../../domain/booking/consultationFact';
import type { Instant } from '../../domain/calendar/interval';
import type { Case } from '../../domain/cases/case';
import type { CaseFact } from '../../domain/cases/caseFact';

/** The rows of one kind whose retention period is over. */
export interface Outdated {
  count(): Promise<number>;
  /** Deletes or blanks at most `limit` rows. @returns how many; fewer than `limit` if none is left */
  forget(limit: number): Promise<number>;
}

/** A desk and an instant. Rows whose date is this instant or earlier are outdated, so exactly a period ago counts. */
interface AtDesk {
  readonly deskId: string;
  readonly until: Instant;
}

/** Which answers are meant: those to one question of the topic, or all but those to some of its questions. */
type AnswersTo = { readonly topicId: string } & (
  | { readonly question: string }
  | { readonly allBut: readonly string[] }
);

/** Returns what stays of a booking. @param cancellation undefined: it was not cancelled */
export type ToFact = (
  booking: Booking,
  cancellation: Cancellation | undefined,
  reminders: readonly SentReminder[] | undefined,
) => ConsultationFact;

/** Finds the data that are kept for a limited time. The kinds can be purged in any order. */
export interface RetentionStore {
  /** Expired holds, with what was typed. */
  drafts(at: AtDesk): Outdated;
  /**
   * Text and address of messages that were sent, withdrawn or given up. The row stays, for the order of later messages
   * and for `check`. A waiting message keeps its text, however old it is.
   */
  messages(at: AtDesk, now: Instant): Outdated;
  /** Messages to webhooks that were sent or given up, and those that wait though they should have been given up as long ago. */
  deliveries(at: AtDesk): Outdated;
  /** Notes and reasons of bookings that ended. */
  freeTexts(at: AtDesk): Outdated;
  /**
   * Answers of bookings about a topic that ended: to one question, or to questions that the topic does not have.
   * Bookings are counted.
   */
  answers(at: AtDesk, to: AnswersTo): Outdated;
  /** Reasons of absences that ended; the absences stay. */
  absenceReasons(at: AtDesk): Outdated;
  /**
   * Bookings that ended, with history, messages and tasks; a fact replaces each, unless its month was counted already. Bookings with a message that is being
   * sent are left for later: SQLite reuses the highest id, and the process that sends it would then mark another
   * message as sent.
   */
  bookings(at: AtDesk, now: Instant, toFact: ToFact): Outdated;
  /** Bookings that their clients had erased, once no mail about them waits. */
  erased(deskId: string, toFact: ToFact): Outdated;
  /** Answers to requests with idempotency keys, by the time at which they were given. */
  idempotencyKeys(at: AtDesk): Outdated;
  /** What staff did together, with its lines. */
  operations(at: AtDesk): Outdated;
  /** Plans for absences, by the time at which they were proposed; they name bookings by id, and hold a reason. */
  plans(at: AtDesk): Outdated;
  /** Versions of the hours by when they were made, but the one that holds now. */
  hoursVersions(at: AtDesk): Outdated;
  /** Who waited, by when they came. */
  queue(at: AtDesk): Outdated;
  /** Entries of the waiting list that have ended. */
  waiting(at: AtDesk): Outdated;
  /** Cases that were closed; a fact replaces each. */
  cases(at: AtDesk, toFact: (of: Case) => CaseFact | null): Outdated;
  /** Lines of the trail of who looked at what. */
  trail(at: AtDesk): Outdated;
  /** The networks from which bookings came, by the time of booking. */
  origins(until: Instant): Outdated;
  /** Counts of searches without a result in ISO weeks before this one, `2026-W48`. */
  unmetDemand(before: { readonly deskId: string; readonly week: string }): Outdated;
  /** Windows of rate limits that ended. */
  rateLimits(until: Instant): Outdated;
  /**
   * Sessions last used at `seen` or earlier, created at `created` or earlier, or created at `ahead` or later, by a
   * clock that was set back since.
   */
  sessions(over: { readonly seen: Instant; readonly created: Instant; readonly ahead: Instant }): Outdated;
}
