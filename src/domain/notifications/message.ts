import type { Instant } from '../calendar/interval';
import type { LanguageTag } from '../text';
import type { MessageKind, Recipient, WaitingMailKind } from './kinds';

/** Name and address as in RFC 5322 §3.4. They are not checked here; `mail/address` accepts only what fits a header. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One mail with all its parts, as it was written from its facts (`MailFacts`). */
export interface Message {
  readonly kind: MessageKind | WaitingMailKind;
  readonly recipient: Recipient;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly replyTo: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The Content-Language header. */
  readonly language: LanguageTag;
  /** With angle brackets; it is the same for every attempt. */
  readonly messageId: string;
  /**
   * Message-ID of the first mail of its thread, for In-Reply-To and References; absent or null: it is the first itself.
   */
  readonly thread?: string | null;
  /** The iTIP object (RFC 5546), complete with CRLFs; null: the mail has no calendar part. */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null;
}

/** A mail as it is handed over to a server. */
export interface WrittenMail extends Pick<Message, 'from' | 'to' | 'messageId'> {
  /**
   * The mail in the format of RFC 5322: ASCII, with CRLF, complete but for the fields Date and Sender. It is stored
   * before the first attempt, so that each attempt sends the same bytes.
   */
  readonly content: string;
  /** The Date field: the time of the first attempt that reached a server. */
  readonly date: Instant;
  /** The envelope's sender, if it differs from `from`; set at each attempt. */
  readonly sender?: string;
}
