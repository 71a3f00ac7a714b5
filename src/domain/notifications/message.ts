import type { Instant } from '../calendar/interval';
import type { LanguageTag } from '../text';
import type { MessageKind, Recipient } from './kinds';

/** Name and address as in RFC 5322 §3.4. They are not checked here; `mail/address` accepts only what fits a header. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/**
 * One mail as it is stored. Its content is fixed when it is written, so that a retry sends the same bytes. Only its
 * Date is set at the first hand-over, and the envelope's sender at each.
 */
export interface Message {
  readonly kind: MessageKind;
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
  /** The Date header: the time of the first hand-over; before that, the time of writing. */
  readonly date: Instant;
  /** The envelope's sender, if it differs from `from`; set at each hand-over. */
  readonly sender?: string;
  /** The iTIP object (RFC 5546), complete with CRLFs; null: the mail has no calendar part. */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null;
}
