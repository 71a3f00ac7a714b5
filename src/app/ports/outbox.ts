import type { BookingEventType } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Recipient } from '../../domain/notifications/kinds';
import type { Known } from '../../domain/notifications/merging';
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
  /** What the server answered to the attempt before, if it refused then. */
  readonly lastCode: number | null;
}

/** How much waits, for those who watch. */
export interface OutboxState {
  readonly depth: number;
  readonly age: number;
  readonly paused: { readonly since: Instant; readonly reason: string } | null;
}

/** What was withdrawn of one kind of reader's: what they knew before it, and until when it was held, if it was. */
export interface Withdrawn {
  readonly known: Known;
  readonly holdUntil: Instant | null;
}

/** What a newer change overtook. */
export interface Overtaken {
  readonly client: Withdrawn | null;
  readonly staff: Withdrawn | null;
  /** Whether the client's calendar may know the booking: whether some calendar mail was sent, or tried. */
  readonly heard: boolean;
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
    /** Not to be sent before, where it waits for what may yet take its place, or for its hour. */
    holdUntil?: Instant | undefined;
    /** What its readers know before it; see `withdrawUnsent`. */
    known?: Known | undefined;
  }): Promise<boolean>;
  /** Withdraws whatever about the booking nobody has tried to send yet, to whomever. */
  withdrawAll(bookingId: string): Promise<void>;
  /**
   * When mails went, or will go, to the clients of this address (in any case) about their bookings at the desk, ascending; withdrawn
   * ones do not count, nor what is held about `exceptBookingId`.
   */
  mailedTo(deskId: string, email: string, since: Instant, exceptBookingId: string): Promise<Instant[]>;
  /**
   * Withdraws what goes under in a change of the booking (`overtakenMessages`): what tells of earlier changes and nobody has tried to send
   * yet, and what the change makes wrong.
   *
   * @param change its type; `only`: whose messages it concerns (absent: everybody's)
   */
  withdrawUnsent(
    bookingId: string,
    change: { readonly by: BookingEventType; readonly only?: Recipient | undefined },
  ): Promise<Overtaken>;
  /**
   * Takes the next message that is due, for `lease` ms; the first time, that becomes its Date. Per booking and recipient in order: never one whose predecessor still waits.
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
