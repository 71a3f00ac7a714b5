/** What came back by mail, and how far mailboxes were read. */
export interface ReplyTables {
  /** The answers to a booking: replies of calendars, and mails of people to its thread. */
  booking_reply: {
    booking_id: string;
    /** Of the whole mail, so that none is noted twice. */
    digest: string;
    desk_id: string;
    /** Null: it is a mail that a person wrote. */
    partstat: string | null;
    sequence: number | null;
    stamp: number | null;
    /** Who answered, see `BookingReply.reader`. */
    reader: string | null;
    at: number;
  };
  /** How far a mailbox was read. */
  mailbox: {
    /** User, host and folder, without the password. */
    name: string;
    /** UIDs mean something only with it (RFC 9051 §2.3.1.1). */
    uid_validity: string;
    last_uid: number;
    /** When it was last read to its end. */
    looked_at: number | null;
    failing_since: number | null;
    failure: string | null;
  };
  /** The mails that were noted and have yet to leave the inbox. */
  mailbox_filing: { mailbox: string; uid_validity: string; uid: number; taken_until: number | null };
}
