import type { Instant } from '../../domain/calendar/interval';
import type { IncomingMail } from '../../domain/notifications/incoming';
import type { MailboxFailure } from './mailboxes';

/** A mailbox that is open for reading. Nothing in it is marked as read. */
export interface OpenInbox {
  readonly uidValidity: string;
  /** Returns the UIDs above `after` of mails that arrived since, ascending. */
  uidsAfter(after: number, since: Instant): Promise<number[]>;
  /** Reads a mail; null: it is gone, or cannot be read as one. */
  read(uid: number): Promise<IncomingMail | null>;
  /** Moves mails into the folder for what was noted. Those that are gone already are left out. */
  file(uids: readonly number[]): Promise<void>;
}

/** The mailbox to which answers and reports come. */
export interface Inbox {
  /** User, host and folder, without the password. */
  readonly name: string;
  /**
   * Opens the mailbox for as long as `work` takes.
   *
   * @throws MailboxAway
   */
  open<T>(work: (inbox: OpenInbox) => Promise<T>): Promise<T>;
}

/** The mailbox cannot be read now. */
export class MailboxAway extends Error {
  constructor(
    readonly why: MailboxFailure,
    options?: ErrorOptions,
  ) {
    super(`the mailbox cannot be read: ${why}`, options);
    this.name = 'MailboxAway';
  }
}
