import type { Booking, BookingEvent } from '../domain/booking/booking';
import type { BookingStore } from './ports/bookingStore';
import type { Storage } from './ports/storage';

/** A booking as it is now, and what happened to it. */
export interface ToldChange {
  readonly booking: Booking;
  readonly event: BookingEvent;
}

/**
 * The same storage, which tells of each booking's change once its transaction is committed: what was rolled back, tried again or
 * answered from an idempotency key is not told, or not twice.
 *
 * @param tell must not throw: the change is made, and whoever made it is to hear so
 */
export function tellChanges(storage: Storage, tell: (change: ToldChange) => void): Storage {
  return {
    ...storage,
    write: async (work, at) => {
      let changes: ToldChange[] = [];
      const result = await storage.write((stores) => {
        changes = [];
        return work({ ...stores, bookings: noting(stores.bookings, changes) });
      }, at);
      for (const change of changes) tell(change);
      return result;
    },
  };
}

function noting(bookings: BookingStore, changes: ToldChange[]): BookingStore {
  const saved = new Map<string, Booking>();
  const note = (booking: Booking) => {
    saved.set(booking.id, booking);
  };
  return {
    ...bookings,
    add: (booking, tokenHash) => {
      note(booking);
      return bookings.add(booking, tokenHash);
    },
    confirm: (booking, tokenHash) => {
      note(booking);
      return bookings.confirm(booking, tokenHash);
    },
    save: (booking) => {
      note(booking);
      return bookings.save(booking);
    },
    record: async (event, messages) => {
      await bookings.record(event, messages);
      const booking = saved.get(event.bookingId);
      if (booking) changes.push({ booking, event });
    },
  };
}
