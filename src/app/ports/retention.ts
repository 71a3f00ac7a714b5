import type { Booking } from '../../domain/booking/booking';
import type { ConsultationFact } from '../../domain/booking/consultationFact';
import type { Instant } from '../../domain/calendar/interval';

/** Rows of one kind whose time is over. */
export interface Outdated {
  count(): Promise<number>;
  /** Drops or blanks at most `limit` of them. @returns how many; fewer than `limit`: it was the last */
  forget(limit: number): Promise<number>;
}

/** When something is over: at this instant or earlier, so exactly a period ago counts. */
interface AtDesk {
  readonly deskId: string;
  readonly until: Instant;
}

/** Which answers are meant: those to one question of the topic, or all but those to some of its questions. */
export type AnswersTo = { readonly topicId: string } & (
  | { readonly question: string }
  | { readonly allBut: readonly string[] }
);

/** What is kept for a while only. What is said about several kinds holds whichever is forgotten first. */
export interface RetentionStore {
  /** Holds that ran out, with what was typed. */
  drafts(at: AtDesk): Outdated;
  /**
   * Words and addresses of messages that were sent, withdrawn or given up. The row stays, for the order of later messages and for
   * `check`. One that still waits keeps its words, however old it is.
   */
  messages(at: AtDesk, now: Instant): Outdated;
  /** Notes and reasons of bookings that ended. */
  freeTexts(at: AtDesk): Outdated;
  /**
   * Answers of bookings about that topic that ended: to one question, or to those that the topic does not know. Counted are bookings.
   */
  answers(at: AtDesk, to: AnswersTo): Outdated;
  /** Why somebody was away, in their own words; that they were away stays. */
  absenceReasons(at: AtDesk): Outdated;
  /**
   * Bookings that ended, with history, messages and tasks; a fact takes their place. Not yet those of which a mailer holds a message:
   * SQLite gives the highest id again, and the mailer's "sent" would then hit somebody else's message.
   */
  bookings(at: AtDesk, now: Instant, toFact: (booking: Booking) => ConsultationFact): Outdated;
  /** Kept answers, by when they were given. */
  idempotencyKeys(at: AtDesk): Outdated;
  /** From which networks bookings came, by when they came. */
  origins(until: Instant): Outdated;
  /** What was looked for in vain in ISO weeks before this one, `2026-W48`. */
  unmetDemand(before: { readonly deskId: string; readonly week: string }): Outdated;
  /** Windows that ended. */
  rateLimits(until: Instant): Outdated;
  /** Sessions last used at `seen` or earlier, begun at `created` or earlier, or begun at `ahead` or later: on a clock set back since. */
  sessions(over: { readonly seen: Instant; readonly created: Instant; readonly ahead: Instant }): Outdated;
}
