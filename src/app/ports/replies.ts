import type { Instant } from '../../domain/calendar/interval';
import type { Partstat } from '../../domain/notifications/reply';

/** An answer to a booking that came by mail. */
export interface BookingReply {
  readonly bookingId: string;
  readonly deskId: string;
  /** Identifies the mail by all its bytes. */
  readonly digest: string;
  /** Null: it is a mail that a person wrote. */
  readonly partstat: Partstat | null;
  /** SEQUENCE that was answered. */
  readonly sequence: number | null;
  /** DTSTAMP of the reply: of two to the same SEQUENCE the later one counts. */
  readonly stamp: Instant | null;
  /** Who answered: the client, or somebody else who is advised; null: it is not known, as of a mail. */
  readonly reader: 'client' | 'person' | null;
  readonly at: Instant;
}

/** Stores the answers to bookings. */
export interface ReplyStore {
  /** @returns `false` if the same mail was noted at the booking before */
  add(reply: BookingReply): Promise<boolean>;
  /** Returns the answers to a booking, the oldest first. */
  ofBooking(bookingId: string): Promise<BookingReply[]>;
}
