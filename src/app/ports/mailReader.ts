/** A mail as its reader gets it. */
export interface Mail {
  /** Safe as a file name and in a URL. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  /** As they stand in the mail, in their order. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  readonly html: string | null;
  /** The inline text/calendar part. */
  readonly calendar: { readonly method: string; readonly content: string } | null;
  readonly attachments: readonly { readonly filename: string; readonly type: string; readonly content: Buffer }[];
}

/** Reads mail that was kept instead of sent. */
export interface MailReader {
  /** The newest first; at most as many as a page can show. */
  list(): Promise<Mail[]>;
  find(id: string): Promise<Mail | undefined>;
  /** The bytes as they would have gone on the wire. */
  raw(id: string): Promise<Buffer | undefined>;
}
