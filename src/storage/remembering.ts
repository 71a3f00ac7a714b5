import type { Stores } from '../app/ports/storage';
import { liveAt } from './bookingStore';

/** So many answers are kept: the desks, and some weeks of each. */
const MOST = 100;

/**
 * The stores for reading, with the answers kept that every search asks for, as long as nothing was committed in between.
 *
 * @param version a token of what is committed: asked before each answer, so that none is older than what this process could know
 */
export function remembering(stores: Stores, version: () => Promise<string>): Stores {
  const kept = new Map<string, Promise<unknown>>();
  let current: string | undefined;

  async function keep<T>(key: string, read: () => Promise<T>): Promise<T> {
    const now = await version();
    if (now !== current) kept.clear();
    current = now;
    const known = kept.get(key) as Promise<T> | undefined;
    if (known) return known;
    if (kept.size >= MOST) kept.clear();
    const fresh = read();
    kept.set(key, fresh);
    // What failed is asked for again.
    fresh.catch(() => {
      if (kept.get(key) === fresh) kept.delete(key);
    });
    return fresh;
  }

  const { desks, bookings } = stores;
  return {
    ...stores,
    desks: {
      ...desks,
      find: (id) => keep(`desk ${id}`, () => desks.find(id)),
      absences: (deskId, { start, end }) =>
        keep(`absences ${start} ${end} ${deskId}`, () => desks.absences(deskId, { start, end })),
    },
    bookings: {
      ...bookings,
      async busy(deskId, { start, end }, now) {
        const all = () => bookings.busyOrHeld(deskId, { start, end });
        return liveAt(await keep(`busy ${start} ${end} ${deskId}`, all), now);
      },
    },
  };
}
