/** A mail as its recipient gets it. */
export interface Mail {
  /** Safe as a file name and in a URL. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  /** The headers in the order of the mail. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  readonly html: string | null;
  /** The inline text/calendar part. */
  readonly calendar: { readonly method: string; readonly content: string } | null;
  readonly attachments: readonly { readonly filename: string; readonly type: string; readonly content: Buffer }[];
}

/** Reads mails of the embedded mailbox, which are stored instead of sent. */
export interface MailReader {
  /** Returns the newest mails first, at most as many as the page shows. */
  list(): Promise<Mail[]>;
  find(id: string): Promise<Mail | undefined>;
  /** Returns the bytes that would have been sent. */
  raw(id: string): Promise<Buffer | undefined>;
}
