import type { Instant } from '../calendar/interval';
import type { LanguageTag } from '../text';

/** Name and address as in RFC 5322 §3.4. Both are unchecked here: `mail/address` lets through only what fits a header. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** `booked`, `moved`, `cancelled`, `restored`: a change of a booking. `link`: the manage link once more, asked for with the reference. */
export type MessageKind = 'booked' | 'moved' | 'cancelled' | 'restored' | 'link';

/**
 * One mail, frozen: everything that goes on the wire is decided when it is written, so that a retry is byte for byte the same.
 */
export interface Message {
  readonly kind: MessageKind;
  readonly recipient: 'client' | 'staff';
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
  /** The Date header. */
  readonly date: Instant;
  /** The iTIP object (RFC 5546), complete with CRLFs; null: a mail without calendar part. */
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | null;
}
