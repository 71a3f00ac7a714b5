import type { Bounce } from './bounce';
import type { Reply } from './reply';

/** What arrived in the mailbox, read: no more of it than the program needs. */
export type IncomingMail = {
  /** Identifies the mail by all its bytes. */
  readonly digest: string;
  /** The address in From, in lower case; empty: it cannot be read. */
  readonly from: string;
  /** Message-IDs of the mails that it answers or reports, the nearest first. */
  readonly about: readonly string[];
} & (
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'bounce'; readonly bounces: readonly Bounce[] }
  /** An absence note, a newsletter, a report of a delivery that succeeded. */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'person' }
);

/** What a mail was, for counting. */
export const INCOMING_KINDS = [
  ...(['reply', 'bounce', 'person', 'automatic'] as const),
  ...(['stranger', 'unknown', 'unreadable'] as const),
] as const;
export type IncomingKind = (typeof INCOMING_KINDS)[number];
