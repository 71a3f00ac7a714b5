import type { DeskSnapshot } from '../app/ports/snapshot';
import { DeskAsRead, lastOfAll, type SnapshotReads, snapshotOf } from './deskAsRead';
import type { Revisions } from './revisions';

/** The snapshots of all desks that this process remembers. */
interface Snapshots {
  /**
   * The desk as of the last change that was committed before, by whichever process. One look at the revision, by `revisions`.
   */
  of(deskId: string, revisions: Revisions): Promise<DeskSnapshot>;
  /** Those of all desks, by id. The same array as long as they are the same. One look at all revisions, by `last`. */
  all(
    revisions: Revisions,
    last: () => Promise<readonly (readonly [deskId: string, number])[]>,
  ): Promise<readonly DeskSnapshot[]>;
  /** The snapshots of a transaction. */
  branch(): SnapshotBranch;
}

/**
 * The snapshots of a transaction in which several writes are made one after the other: each sees what those before it
 * have changed, and nobody outside sees it. They begin with what everybody shares.
 */
export interface SnapshotBranch {
  /**
   * The desk as the transaction sees it. One look at the revision, by `revisions`.
   *
   * @param reads how the snapshot reads, in the transaction, what is not known yet
   */
  of(deskId: string, revisions: Revisions, reads: SnapshotReads): Promise<DeskSnapshot>;
  /** Lets everybody share what was read: to be called when the transaction was committed. */
  adopt(): void;
}

/**
 * What all snapshots together may hold, in engagements: one takes some 300 bytes, with what is derived from it. A large desk has some
 * 20,000 of them in two months.
 */
export const MAX_HELD_ENGAGEMENTS = 400_000;

/** A desk's snapshot, and as of when it is known to be the last. */
interface Entry {
  readonly read: DeskAsRead;
  readonly snapshot: DeskSnapshot;
  mark: string | undefined;
}

/**
 * Remembers one snapshot for each desk. Each request for it asks once what was changed since the snapshot's revision. If nothing was, it
 * returns the same snapshot; otherwise the next snapshot takes over what was not changed. If all snapshots together hold too much, those of
 * the desks that were not asked about for the longest time are dropped.
 *
 * @param usual how they read outside of transactions
 * @param maxHeld in engagements
 */
export function snapshots(usual: SnapshotReads, maxHeld: number): Snapshots {
  /** In the order in which they were asked for. */
  const entries = new Map<string, Entry>();
  let held = 0;
  let together: { readonly mark: string | undefined; readonly snapshots: readonly DeskSnapshot[] } | undefined;

  const entryOf = (read: DeskAsRead, mark?: string): Entry => ({ read, snapshot: snapshotOf(read, usual), mark });

  function put(read: DeskAsRead, mark?: string): Entry {
    drop(read.deskId);
    const entry = entryOf(read, mark);
    entries.set(read.deskId, entry);
    held += read.size;
    grown(read, 0);
    return entry;
  }

  function drop(deskId: string): void {
    const entry = entries.get(deskId);
    if (!entry) return;
    entries.delete(deskId);
    held -= entry.read.size;
    together = undefined;
  }

  function grown(read: DeskAsRead, by: number): void {
    if (entries.get(read.deskId)?.read !== read) return;
    held += by;
    for (const oldest of entries.keys()) {
      if (held <= maxHeld) break;
      if (oldest !== read.deskId) drop(oldest);
    }
  }

  async function lastOf(deskId: string, revisions: Revisions, isThere = false): Promise<Entry> {
    const mark = revisions.mark?.();
    const before = entries.get(deskId);
    if (before) {
      entries.delete(deskId);
      entries.set(deskId, before);
      if (mark !== undefined && before.mark === mark) return before;
    }
    const revised = await revisions.since(deskId, before?.read.revision ?? -1);
    const entry = entries.get(deskId);
    // The snapshot was forgotten meanwhile, so what `since` left out is not known either.
    if (before && !entry) return lastOf(deskId, revisions, isThere);
    // Another query may have put a newer snapshot in place meanwhile.
    const later = entry ? revised.filter(({ number }) => number > entry.read.revision) : revised;
    if (entry && later.length === 0) {
      if (entry === before) entry.mark = mark;
      return entry;
    }
    const read = entry ? entry.read.after(later) : new DeskAsRead(deskId, lastOfAll(later), grown);
    // A desk that does not exist is not remembered: what is no desk's id comes from outside.
    return read.revision > 0 || isThere ? put(read, mark) : entryOf(read, mark);
  }

  function branch(): SnapshotBranch {
    const own = new Map<string, DeskAsRead>();
    return {
      async of(deskId, revisions, reads) {
        const before = own.get(deskId) ?? entries.get(deskId)?.read;
        const revised = await revisions.since(deskId, before?.revision ?? -1);
        if (before && revised.length === 0) return snapshotOf(before, reads);
        const read = before ? before.after(revised) : new DeskAsRead(deskId, lastOfAll(revised), grown);
        own.set(deskId, read);
        return snapshotOf(read, reads);
      },
      adopt() {
        for (const [deskId, read] of own) if (read.revision > (entries.get(deskId)?.read.revision ?? 0)) put(read);
      },
    };
  }

  return {
    of: async (deskId, revisions) => (await lastOf(deskId, revisions)).snapshot,

    async all(revisions, last) {
      const mark = revisions.mark?.();
      if (together && mark !== undefined && together.mark === mark) return together.snapshots;
      const found: DeskSnapshot[] = [];
      for (const [deskId, number] of await last()) {
        const entry = entries.get(deskId);
        const { snapshot } = entry?.read.revision === number ? entry : await lastOf(deskId, revisions, true);
        found.push(snapshot);
      }
      const before = together?.snapshots;
      const isSame = before?.length === found.length && found.every((each, i) => each === before[i]);
      together = { mark, snapshots: isSame && before ? before : found };
      return together.snapshots;
    },

    branch,
  };
}

/** A snapshot that remembers nothing: for a transaction that has changed something, and for whoever writes without a desk. */
export function passingSnapshot(deskId: string, reads: SnapshotReads): DeskSnapshot {
  return {
    deskId,
    desk: () => reads.desk(deskId),
    absences: (range) => reads.absences(deskId, range),
    diaries: (range, advisorIds) => reads.diaries(deskId, advisorIds, range),
    unread: (_range, advisorIds) => advisorIds,
  };
}
