import type { BookingEventType } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Bounce } from '../../domain/notifications/bounce';
import type { Recipient } from '../../domain/notifications/kinds';
import type { AnyMailFacts } from '../../domain/notifications/mailFacts';
import type { Known } from '../../domain/notifications/merging';
import type { Message, WrittenMail } from '../../domain/notifications/message';

/** A message that is due and has to be written. */
export interface UnwrittenEntry {
  readonly id: number;
  readonly deskId: string;
  /** Null: it is about none, see `ClientAnyMailFacts.trial`. */
  readonly bookingId: string | null;
  readonly recipient: Recipient;
  /** Its facts, or the message that a version before there were facts has written. */
  readonly from: AnyMailFacts | Message;
  readonly createdAt: Instant;
  /** Since when it cannot be written; null: nobody has tried. */
  readonly unwritableSince: Instant | null;
}

/** A message that is due and written. */
export interface OutboxEntry {
  readonly id: number;
  readonly deskId: string;
  /** See `UnwrittenEntry`. */
  readonly bookingId: string | null;
  readonly recipient: Recipient;
  readonly mail: WrittenMail;
  /** The number of attempts, including this one. */
  readonly attempts: number;
  readonly createdAt: Instant;
  /** The SMTP code with which the server refused the previous attempt, if it did. */
  readonly lastCode: number | null;
  /** See `UnwrittenEntry`. */
  readonly unwritableSince: Instant | null;
}

/** A message that a report or an answer is about. */
export interface SentMail {
  readonly id: number;
  readonly deskId: string;
  /** See `UnwrittenEntry`. */
  readonly bookingId: string | null;
  readonly kind: string;
  readonly recipient: Recipient;
  readonly address: string;
}

/** What a server reported of a mail that it had taken. */
export type Bounced = Pick<Bounce, 'action' | 'hard' | 'status' | 'reason'> & { readonly at: Instant };

/** A message about a booking, for its page. */
export interface MailOfBooking {
  readonly id: number;
  readonly kind: string;
  readonly recipient: string;
  readonly address: string;
  readonly state: 'waiting' | 'sent' | 'withdrawn' | 'failed';
  readonly at: Instant;
  /** The SMTP code of the last refusal; null: none. */
  readonly lastCode: number | null;
  /** Null: no server has reported anything. */
  readonly bounced: Bounced | null;
}

/** The state of the outbox, for monitoring. */
export interface OutboxState {
  readonly depth: number;
  readonly age: number;
  readonly paused: { readonly since: Instant; readonly reason: string } | null;
}

/**
 * The withdrawn messages to one kind of recipient: what the recipient knew before them, and until when they were held.
 */
export interface Withdrawn {
  readonly known: Known;
  readonly holdUntil: Instant | null;
}

/** The messages that a newer change replaces. */
export interface Overtaken {
  readonly client: Withdrawn | null;
  readonly staff: Withdrawn | null;
  /** `true` if the client's calendar may have an entry of the booking, because sending a calendar mail was tried. */
  readonly heard: boolean;
}

/**
 * Stores the messages to send. Their facts are queued in the transaction of the change that they tell of; the mails are
 * written later, before their first attempt, and stored too.
 */
export interface Outbox {
  /** @returns false if the same message (by its Message-ID) was there already */
  queue(entry: {
    deskId: string;
    bookingId: string | null;
    sequence: number;
    facts: AnyMailFacts;
    now: Instant;
    /** The message is not sent before, because a later one may replace it or because of a limit. */
    holdUntil?: Instant | undefined;
    /** From then on it would be of no use, and is not sent; absent: it always is. */
    usefulUntil?: Instant | undefined;
    /** What its recipients know before it, see `withdrawUnsent`. */
    known?: Known | undefined;
  }): Promise<boolean>;
  /** Withdraws all messages about the booking that were never tried to send, to any recipient. */
  withdrawAll(bookingId: string): Promise<void>;
  /** Withdraws the waiting messages that tell of no change, and that this one makes wrong (`MESSAGE_KINDS`). */
  withdrawOutdated(bookingId: string, by: BookingEventType): Promise<void>;
  /** Withdraws the waiting messages that are of no use any more, see `queue`. */
  withdrawUseless(now: Instant): Promise<void>;
  /** Withdraws the message with this Message-ID, unless sending it was tried. */
  withdrawMail(messageId: string): Promise<void>;
  /**
   * Returns when mails were or will be sent to this address (in any case) as a client of the desk, ascending. Withdrawn
   * mails do not count, nor mails about `exceptBookingId` that are held.
   */
  mailedTo(deskId: string, email: string, since: Instant, exceptBookingId: string): Promise<Instant[]>;
  /** Returns when mails were or will be sent to exactly this address (in any case), as the client of a booking or not. */
  mailedToAddress(deskId: string, address: string, since: Instant): Promise<Instant[]>;
  /**
   * Withdraws the messages that a change of the booking replaces (`overtakenMessages`): those about earlier changes that
   * were never tried to send, and those that the change makes wrong.
   *
   * @param change its type; `only` limits it to one kind of recipient
   */
  withdrawUnsent(
    bookingId: string,
    change: { readonly by: BookingEventType; readonly only?: Recipient | undefined },
  ): Promise<Overtaken>;
  /** Returns the due messages that are not written, the oldest first; none while the outbox is paused. */
  unwritten(now: Instant, limit: number): Promise<UnwrittenEntry[]>;
  /** Stores what was written. If the message was written before, or does not wait any more, nothing is changed. */
  store(id: number, content: string): Promise<void>;
  /** Notes that a message could not be written, and delays it until `until`. No attempt to send it is counted. */
  unwritable(id: number, now: Instant, until: Instant): Promise<void>;
  /**
   * Takes the next due message that is written for `lease` ms. The time of the first claim becomes its Date. Messages to
   * one recipient about one booking keep their order: one whose predecessor waits is not due, unless the predecessor is
   * held until a later date. A message whose lease has expired is taken again, because it may not have been sent, and a
   * second copy does no harm. A message that would wait longer than any wait was delayed before the clock was set back,
   * and is due. While the outbox is paused no message is due.
   */
  claim(now: Instant, lease: number): Promise<OutboxEntry | undefined>;
  sent(id: number, now: Instant): Promise<void>;
  retry(id: number, at: Instant, code: number | null): Promise<void>;
  /**
   * Delays all due messages until `until`, because no server could be reached. The one that was tried counts as
   * untried. Messages that another process is sending are not delayed.
   */
  postponeAll(tried: { id: number; code: number | null }, until: Instant): Promise<void>;
  fail(id: number, code: number | null): Promise<void>;
  /** Stops sending until `resume`. After a restore, mails may have been sent that the backup does not know of. */
  pause(reason: string, now: Instant): Promise<void>;
  /** @returns false if it was not paused */
  resume(): Promise<boolean>;
  /** Returns the state; `age` is the age of the oldest waiting message in ms. */
  state(now: Instant): Promise<OutboxState>;
  /** Returns every message about a booking, oldest first, for its page. */
  ofBooking(bookingId: string): Promise<MailOfBooking[]>;
  /** Returns the message that the first of these Message-IDs names. */
  findByMessageId(messageIds: readonly string[]): Promise<SentMail | undefined>;
  /** Returns the message that was sent to exactly this address (in any case) last. */
  lastSentTo(address: string, since: Instant): Promise<SentMail | undefined>;
  /** Notes what a server reported of a message. That it has given up is never replaced by that it still tries. */
  bounced(id: number, bounced: Bounced): Promise<void>;
  /**
   * Returns the client's messages that were not delivered, though the address may be right, until this instant, and of
   * which reception was not told.
   */
  bouncedUntil(until: Instant, limit: number): Promise<SentMail[]>;
  /** Notes that reception was told of what was reported. */
  toldOfBounce(id: number, now: Instant): Promise<void>;
}
