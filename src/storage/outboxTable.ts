import type { Generated } from 'kysely';

/** The messages to clients and advisors, whether they wait, were sent, withdrawn or given up. */
export interface OutboxTable {
  id: Generated<number>;
  desk_id: string;
  /** Null: it is about no booking. */
  booking_id: string | null;
  sequence: number;
  kind: string;
  recipient: string;
  address: string;
  /** 1 if the message carries a calendar part. */
  calendar: number;
  dedupe_key: string;
  /** The message as versions before `facts_json` wrote it; `{}` in rows since then. */
  message_json: string;
  /** What the mail is written from (`MailFacts`); null in rows from before, and once it was purged. */
  facts_json: string | null;
  /** The mail as it is sent (`WrittenMail.content`); null until it is written, and once it was purged. */
  content: string | null;
  /** When the first attempt that reached a server began; null before. */
  first_tried_at: number | null;
  /** When the mail could first not be written because of a defect; null: it never failed. */
  unwritable_since: number | null;
  state: 'waiting' | 'sent' | 'withdrawn' | 'failed';
  attempts: number;
  next_at: number;
  lease_until: number | null;
  last_code: number | null;
  created_at: number;
  sent_at: number | null;
  /** The message is not sent before this instant; null: it is sent at once. */
  hold_until: number | null;
  /** From this instant on the message is of no use, and is not sent; null: it is always. */
  useful_until: number | null;
  /** What its recipients knew before it, for a later message that replaces it before it was sent. */
  known_json: string | null;
  /** When a server reported that it could not deliver the sent mail, or not yet; null: none has. */
  bounced_at: number | null;
  /** Whether the server has given up, or still tries. */
  bounce_action: 'failed' | 'delayed' | null;
  /** 1 if the address itself is wrong. */
  bounce_hard: number | null;
  /** The enhanced status code (RFC 3463). */
  bounce_status: string | null;
  /** See `BounceReason`. */
  bounce_reason: string | null;
  /** When reception was given the task to phone the client because of it. */
  bounce_told_at: number | null;
  /** When text and address were purged. */
  blanked_at: number | null;
}
