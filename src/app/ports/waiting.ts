import type { WaitingEntry } from '../../domain/waiting/entry';

/** Stores who waits until something becomes free. test/contracts/waiting is the full meaning of this interface. */
export interface WaitingStore {
  add(entry: WaitingEntry): Promise<void>;
  /** Saves a changed entry over the version before. @throws DomainError `version-moved-on` */
  save(entry: WaitingEntry): Promise<void>;
  find(id: string): Promise<WaitingEntry | undefined>;
  /** Tells whether anybody waits at the desk. */
  hasOpen(deskId: string): Promise<boolean>;
  /** Returns the entries of the desk that wait or are offered something, in no order. */
  open(deskId: string): Promise<WaitingEntry[]>;
  /** Returns the ids of the desks at which anybody waits. */
  desksWithOpen(): Promise<string[]>;
  /** Returns the entries for which this booking is to become earlier, and the one that it came of. */
  ofBooking(bookingId: string): Promise<WaitingEntry[]>;
  remove(id: string): Promise<void>;
}
