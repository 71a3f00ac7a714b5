import type { Diary } from '../app/ports/bookingStore';
import type { Stores } from '../app/ports/storage';
import { DAY } from '../domain/calendar/dates';
import { contains, hull, type Interval } from '../domain/calendar/interval';
import type { Absence, Desk } from '../domain/desk';
import { DESK_ITSELF, type Revisions } from './revisions';

/** What one desk's searches ask for, as of one revision. */
interface Remembered {
  /** Nothing that is remembered is older than this revision. */
  revision: number;
  desk: Desk | undefined;
  readonly absences: Map<string, Absence[]>;
  readonly diaries: Map<string, Diary & { readonly reach: Interval }>;
  /** All that was asked about so far: whose diary is read, is read for it, or each question would read them anew. */
  reach: Interval | undefined;
}

/** So many desks, and so many ranges of absences of each. */
const MAX_REMEMBERED_DESKS = 100;
/** Up to this. */
const MAX_REACH_MS = 400 * DAY;

/**
 * What this process knows of the desks. All that it tells is as new as the last change that was committed before it was asked, by
 * whichever process: each question begins with a look at the desk's revision, and forgets what was changed since.
 */
export interface Memory {
  /**
   * The stores with their answers remembered. Also for a transaction: as long as it has changed nothing at the desk itself, it sees what
   * is committed.
   *
   * @param changesFrom the revision at the beginning of a transaction; what it reads after changes of its own is not remembered
   */
  over(
    stores: Stores,
    revisions: Revisions,
    changesFrom?: { readonly desk: string; readonly revision: number },
  ): Stores;
  /** For when something was believed to be committed that is not. */
  forget(): void;
}

export function memory(): Memory {
  const desks = new Map<string, Remembered>();

  function remembered(deskId: string): Remembered {
    const known = desks.get(deskId);
    if (known) return known;
    if (desks.size >= MAX_REMEMBERED_DESKS) desks.clear();
    const fresh: Remembered = {
      revision: -1,
      desk: undefined,
      absences: new Map(),
      diaries: new Map(),
      reach: undefined,
    };
    desks.set(deskId, fresh);
    return fresh;
  }

  /** @returns undefined for a transaction that has changed something */
  async function upToDate(
    deskId: string,
    revisions: Revisions,
    changesFrom: { readonly desk: string; readonly revision: number } | undefined,
  ): Promise<Remembered | undefined> {
    const now = await revisions.of(deskId);
    if (changesFrom && (changesFrom.desk !== deskId || changesFrom.revision !== now)) return undefined;
    const known = remembered(deskId);
    if (known.revision === now) return known;
    // Another question may have gone ahead meanwhile: whoever forgets more than it must does no harm.
    for (const changed of known.revision < 0 ? [] : await revisions.since(deskId, known.revision)) {
      if (changed !== DESK_ITSELF) known.diaries.delete(changed);
      else {
        known.desk = undefined;
        known.absences.clear();
      }
    }
    known.revision = Math.max(known.revision, now);
    return known;
  }

  return {
    forget: () => desks.clear(),
    over(stores, revisions, changesFrom) {
      /** Reads through `read`, and keeps the answer if nothing was changed while it was read. */
      async function keep<T>(
        deskId: string,
        {
          find,
          read,
          store,
        }: {
          find: (known: Remembered) => T | undefined;
          read: () => Promise<T>;
          store: (known: Remembered, value: T) => void;
        },
      ): Promise<T> {
        const known = await upToDate(deskId, revisions, changesFrom);
        const there = known && find(known);
        if (there !== undefined) return there;
        const revision = known?.revision;
        const value = await read();
        if (known && known.revision === revision) store(known, value);
        return value;
      }

      return {
        ...stores,
        desks: {
          ...stores.desks,
          find: (id) =>
            keep(id, {
              find: ({ desk }) => desk,
              read: () => stores.desks.find(id),
              store: (known, desk) => {
                known.desk = desk;
              },
            }),
          absences: (deskId, range) => {
            const key = `${range.start} ${range.end}`;
            return keep(deskId, {
              find: ({ absences }) => absences.get(key),
              read: () => stores.desks.absences(deskId, range),
              store: ({ absences }, found) => {
                if (absences.size >= MAX_REMEMBERED_DESKS) absences.clear();
                absences.set(key, found);
              },
            });
          },
        },
        bookings: {
          ...stores.bookings,
          async diaries(deskId, advisorIds, range) {
            const known = await upToDate(deskId, revisions, changesFrom);
            if (!known) return stores.bookings.diaries(deskId, advisorIds, range);
            const { diaries, revision } = known;
            const told = new Map<string, Diary>();
            const missing: string[] = [];
            for (const id of advisorIds) {
              const diary = diaries.get(id);
              if (diary && contains(diary.reach, range)) told.set(id, diary);
              else missing.push(id);
            }
            if (missing.length === 0) return told;
            const reach = widened(known.reach, range);
            known.reach = reach;
            for (const [id, diary] of await stores.bookings.diaries(deskId, missing, reach)) {
              told.set(id, diary);
              if (known.revision === revision) diaries.set(id, { ...diary, reach });
            }
            return told;
          },
        },
      };
    },
  };
}

function widened(before: Interval | undefined, asked: Interval): Interval {
  const both = before ? hull([before, asked]) : asked;
  return both.end - both.start > MAX_REACH_MS ? asked : both;
}
