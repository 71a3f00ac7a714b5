import type { Booking, BookingEvent } from '../domain/booking/booking';
import type { BookingStore } from './ports/bookingStore';
import type { Storage } from './ports/storage';

/** A booking after a change, with the event of the change. */
export interface ToldChange {
  readonly booking: Booking;
  readonly event: BookingEvent;
}

/**
 * Wraps a storage so that `tell` is called for each change of a booking after its transaction was committed. Changes
 * that were rolled back are not told, and those of a repeated transaction or of a repeated idempotency key are told
 * once.
 *
 * @param tell must not throw, because the change is already committed and the caller has to get its result
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
