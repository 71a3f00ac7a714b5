import { bareLedger } from './bareLedger';
import { answer } from './peer';

/** Bookings in a loop, without HTTP: each in a transaction of its own, or several in one. */
export interface BareBookings {
  /** `file:PATH`, or the URL of a PostgreSQL. */
  readonly database: string;
  /** Taken already, so that the index is as deep as the program's. */
  readonly taken: number;
  readonly seconds: number;
  /** So many bookings share one commit. */
  readonly together: number;
}

/** @returns bookings per second */
answer<BareBookings, number>(async ({ database, taken, seconds, together }) => {
  const ledger = await bareLedger(database);
  const first = await ledger.fill(taken);
  let next = first;
  const began = performance.now();
  const until = began + seconds * 1_000;
  while (performance.now() < until) {
    const booked = ledger.book(next, next + together);
    // Without a turn of the event loop where none is needed.
    if (booked) await booked;
    next += together;
  }
  const perSecond = ((next - first) * 1_000) / (performance.now() - began);
  await ledger.close();
  return perSecond;
});
