import type { Instant } from '../calendar/interval';
import type { LanguageTag } from '../text';
import type { MessageKind, Recipient } from './kinds';

/** Name and address as in RFC 5322 §3.4. Both are unchecked here: `mail/address` lets through only what fits a header. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/**
 * One mail, frozen: what goes on the wire is decided when it is written, so that a retry is byte for byte the same. Only its Date is that
 * of the first hand-over, and the envelope's sender whoever sends then.
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
  /** Content-Language. */
  readonly language: LanguageTag;
  /** With angle brackets; the same for every attempt. */
  readonly messageId: string;
  /** The first mail of its thread, if it is not that itself: In-Reply-To and References. */
  readonly thread?: string | null;
  /** The Date header: when it was handed over first; before that, when it was written. */
  readonly date: Instant;
  /** The envelope's sender, if it is not `from`; set with each hand-over. */
  readonly sender?: string;
  /** The iTIP object (RFC 5546), complete with CRLFs; null: a mail without calendar part. */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null;
}
