import type { Interval } from '../../domain/calendar/interval';
import type { QueueEntry } from '../../domain/queue/entry';

/** Stores who waits at the desks. Entries are kept for a day. */
export interface QueueStore {
  add(entry: QueueEntry, tokenHash: string): Promise<void>;
  /** Saves a changed entry over the version before. @throws DomainError `version-moved-on` */
  save(entry: QueueEntry): Promise<void>;
  find(id: string): Promise<QueueEntry | undefined>;
  /** @param tokenHash SHA-256 of the ticket's token, hex */
  findByToken(tokenHash: string): Promise<QueueEntry | undefined>;
  findByBooking(bookingId: string): Promise<QueueEntry | undefined>;
  /** Returns the desk's entries that arrived in the range, in the order of arrival. */
  within(deskId: string, range: Interval): Promise<QueueEntry[]>;
}
