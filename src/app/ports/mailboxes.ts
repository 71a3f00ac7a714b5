import type { Instant } from '../../domain/calendar/interval';

/** How far a mailbox was read. */
export interface MailboxState {
  /** User, host and folder, without the password. */
  readonly name: string;
  /** UIDs mean something only with it (RFC 9051 §2.3.1.1); empty: nothing was read yet. */
  readonly uidValidity: string;
  readonly lastUid: number;
  /** When it was last read to its end; null: never. */
  readonly lookedAt: Instant | null;
  /** Since when it cannot be read, and why; null: it can. */
  readonly failing: { readonly since: Instant; readonly why: MailboxFailure } | null;
}

/** Why a mailbox cannot be read: the server is away, refuses the user or the folder, or offers no TLS. */
export type MailboxFailure = 'unreachable' | 'refused' | 'no_folder' | 'no_tls';

/**
 * Stores how far mailboxes were read. A mail is noted in the transaction of what follows from it, so that a process that
 * is killed does nothing twice; that it leaves the inbox comes after that, and may be repeated.
 */
export interface MailboxStore {
  list(): Promise<MailboxState[]>;
  /** Begins to read the mailbox, or begins anew if its UIDs have changed. */
  begin(name: string, uidValidity: string): Promise<void>;
  /** Notes that the mail with this UID was read. @returns `false` if another process has done so */
  advance(name: string, uidValidity: string, uid: number): Promise<boolean>;
  /** Notes that a mail has to leave the inbox. */
  toFile(name: string, uidValidity: string, uid: number): Promise<void>;
  /**
   * Takes all mails that have to leave the inbox, but those that another process has taken and whose time is not over.
   *
   * @param turn `until`: from then on another may take them
   * @returns their UIDs, ascending
   */
  takeFiling(
    name: string,
    uidValidity: string,
    turn: { readonly now: Instant; readonly until: Instant },
  ): Promise<number[]>;
  /** Lets others take these mails at once, because they could not be moved. @param uids not empty */
  giveBackFiling(name: string, uidValidity: string, uids: readonly number[]): Promise<void>;
  filed(name: string, uidValidity: string, uids: readonly number[]): Promise<void>;
  /** Notes that the mailbox was read to its end. */
  looked(name: string, now: Instant): Promise<void>;
  /** Notes that the mailbox cannot be read. @returns `true` if it could until now, or for another reason could not */
  away(name: string, why: MailboxFailure, now: Instant): Promise<boolean>;
}
