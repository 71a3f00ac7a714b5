import type { Instant } from '../../domain/calendar/interval';
import type { Message } from '../../domain/notifications/message';

/** A message whose turn it is. */
export interface OutboxEntry {
  readonly id: number;
  readonly deskId: string;
  readonly bookingId: string;
  readonly message: Message;
  /** Counts this attempt too. */
  readonly attempts: number;
  readonly createdAt: Instant;
}

/** How much waits, for those who watch. */
export interface OutboxState {
  readonly depth: number;
  readonly age: number;
  readonly paused: { readonly since: Instant; readonly reason: string } | null;
}

/** Messages to send, written in the transaction of the change that they tell of. */
export interface Outbox {
  /** @returns false if the same message (by its Message-ID) was there already */
  queue(entry: {
    deskId: string;
    bookingId: string;
    sequence: number;
    message: Message;
    now: Instant;
  }): Promise<boolean>;
  /**
   * Withdraws what tells the client of changes and nobody has tried to send yet (a link that was asked for stays), and tells whether
   * the client's calendar may know the booking: whether some calendar mail was sent, or tried.
   */
  withdrawUnsent(bookingId: string): Promise<{ heard: boolean }>;
  /**
   * Takes the next message that is due, for `lease` ms. Per booking and recipient in order: never one whose predecessor still waits.
   * A message whose lease ran out is taken again: nobody knows whether it was sent, and a second copy does no harm.
   * One that is to wait longer than any wait is long was put off before the clock was set back, and is due.
   * Nothing is due while the outbox is paused.
   */
  claim(now: Instant, lease: number): Promise<OutboxEntry | undefined>;
  sent(id: number, now: Instant): Promise<void>;
  retry(id: number, at: Instant, code: number | null): Promise<void>;
  /**
   * Nobody was there to take mail: the one that was tried counts as untried, and it and whatever else is due and in nobody's hands
   * waits until `until`.
   */
  postponeAll(tried: { id: number; code: number | null }, until: Instant): Promise<void>;
  fail(id: number, code: number | null): Promise<void>;
  /** Nothing is sent until `resume`: after a restore, mails may have gone out that the backup does not know of. */
  pause(reason: string, now: Instant): Promise<void>;
  /** @returns false if it was not paused */
  resume(): Promise<boolean>;
  /** `age`: of the oldest that waits, ms. */
  state(now: Instant): Promise<OutboxState>;
  /** Every message about a booking, oldest first, for its page. */
  ofBooking(
    bookingId: string,
  ): Promise<{ kind: string; recipient: string; state: 'waiting' | 'sent' | 'withdrawn' | 'failed'; at: Instant }[]>;
}
