import type { DeskSnapshot, Diaries, Diary } from '../app/ports/snapshot';
import { DAY } from '../domain/calendar/dates';
import { contains, hull, type Interval } from '../domain/calendar/interval';
import type { Absence, Desk } from '../domain/desk';
import { changedTimes, DiaryMarks } from './diaryMarks';
import { DESK_ITSELF, type Revised, type Revisions } from './revisions';

/** The statements by which a snapshot is read: of the database, or of a transaction. */
export interface SnapshotReads {
  desk(deskId: string): Promise<Desk | undefined>;
  absences(deskId: string, range: Interval): Promise<readonly Absence[]>;
  diaries(deskId: string, advisorIds: readonly string[], range: Interval): Promise<ReadonlyMap<string, Diary>>;
}

/** The snapshots of all desks that this process remembers. */
export interface Snapshots {
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
/** What a desk without engagements counts as, for its rules and windows. */
const ENGAGEMENTS_PER_DESK = 200;

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

/** An answer about all diaries of a desk. */
interface Told {
  readonly ids: readonly string[];
  readonly range: Interval;
  readonly diaries: Diaries;
}

function isAbout(told: Told | undefined, ids: readonly string[], range: Interval): told is Told {
  return told?.ids === ids && contains(told.range, range);
}

interface DiaryAsRead {
  readonly reach: Interval;
  readonly diary: Diary;
}

/** What was read of a desk as of one revision: it grows, and nothing in it changes. */
class DeskAsRead {
  desk: Desk | undefined;
  absences: { readonly reach: Interval; readonly all: readonly Absence[] } | undefined;
  diaries = new Map<string, DiaryAsRead>();
  /** The diaries that have changed since they were read. */
  private outdated = new Map<string, DiaryAsRead>();
  private marks = new DiaryMarks();
  /** The last answer about all diaries of the desk. */
  told: Told | undefined;
  /** The last such answer of an earlier revision: it still holds but for the `renewed`, a few of hundreds. */
  private toldBefore: Told | undefined;
  /** Whose diary was changed or read again since `toldBefore`. */
  private renewed = new Set<string>();
  /** All that was asked about so far: whose diary is read, is read for it, or each question would read them anew. */
  reach: Interval | undefined;
  size = ENGAGEMENTS_PER_DESK;

  constructor(
    readonly deskId: string,
    readonly revision: number,
    private readonly grown: (read: DeskAsRead, by: number) => void,
  ) {}

  /** What holds of it when this was changed. */
  after(revised: readonly Revised[]): DeskAsRead {
    const next = new DeskAsRead(this.deskId, lastOfAll(revised), this.grown);
    const changed = new Set(revised.map(({ advisorId }) => advisorId));
    next.reach = this.reach;
    if (!changed.has(DESK_ITSELF)) {
      next.desk = this.desk;
      if (this.absences) next.keepAbsences(this.absences.reach, this.absences.all);
    }
    next.marks = this.marks;
    next.outdated = new Map(this.outdated);
    // There may be hundreds of diaries, and a booking changes one.
    next.diaries = new Map(this.diaries);
    next.size += this.size - ENGAGEMENTS_PER_DESK - (this.absences?.all.length ?? 0);
    next.toldBefore = this.told ?? this.toldBefore;
    if (!this.told) next.renewed = new Set(this.renewed);
    for (const id of changed) next.outdate(id);
    return next;
  }

  keepAbsences(reach: Interval, all: readonly Absence[]): void {
    this.grow(all.length - (this.absences?.all.length ?? 0));
    this.absences = { reach, all };
  }

  keepDiary(advisorId: string, diary: Diary, reach: Interval): void {
    const known = this.diaries.get(advisorId);
    this.grow(diary.entries.length - (known?.diary.entries.length ?? 0));
    this.diaries.set(advisorId, { diary, reach });
    // What is read again for a longer range may be newer than the rest.
    const before = this.outdated.get(advisorId) ?? known;
    if (before) this.marks = this.marks.after(changedTimes(before.diary.entries, diary.entries));
    this.outdated.delete(advisorId);
    this.renewed.add(advisorId);
  }

  unread(range: Interval, ids: readonly string[]): readonly string[] {
    if (isAbout(this.told, ids, range)) return [];
    const perhaps = isAbout(this.toldBefore, ids, range) ? ids.filter((id) => this.renewed.has(id)) : ids;
    return perhaps.filter((id) => {
      const there = this.diaries.get(id);
      return !there || !contains(there.reach, range);
    });
  }

  /** Returns those of the diaries that were read. */
  known(range: Interval, ids: readonly string[]): Map<string, Diary> {
    const before = isAbout(this.toldBefore, ids, range) ? this.toldBefore : undefined;
    const known = new Map(before?.diaries);
    for (const id of before ? this.renewed : ids) {
      const there = this.diaries.get(id);
      if (there) known.set(id, there.diary);
    }
    return known;
  }

  /** Returns the map that was told before if it holds the same. */
  tell(ids: readonly string[], range: Interval, diaries: Map<string, Diary>): Diaries {
    if (ids.length !== this.desk?.advisors.length) return diaries;
    const { told, marks } = this;
    const isSame = told?.ids === ids && ids.every((id) => told.diaries.get(id) === diaries.get(id));
    const during: Diaries['during'] = (within, make) => marks.during(within, make);
    this.told = isSame
      ? { ...told, range: hull([told.range, range]) }
      : { ids, range, diaries: Object.assign(diaries, { during }) };
    this.toldBefore = undefined;
    return this.told.diaries;
  }

  private outdate(advisorId: string): void {
    const read = this.diaries.get(advisorId);
    if (!read) return;
    this.diaries.delete(advisorId);
    this.outdated.set(advisorId, read);
    this.renewed.add(advisorId);
    this.size -= read.diary.entries.length;
  }

  private grow(by: number): void {
    this.size += by;
    this.grown(this, by);
  }
}

function lastOfAll(revised: readonly Revised[]): number {
  return Math.max(0, ...revised.map(({ number }) => number));
}

/** What was read already is told at once; all else is read by `reads`, and kept. */
function snapshotOf(read: DeskAsRead, reads: SnapshotReads): DeskSnapshot {
  const { deskId } = read;
  return {
    deskId,

    async desk() {
      if (read.desk) return read.desk;
      const found = await reads.desk(deskId);
      // All callers get the desk that was read first, because derived values hang on that object.
      read.desk ??= found;
      return read.desk;
    },

    async absences(range) {
      if (read.absences && contains(read.absences.reach, range)) return read.absences.all;
      const reach = widened(read.absences?.reach, range);
      const all = await reads.absences(deskId, reach);
      if (read.absences && contains(read.absences.reach, range)) return read.absences.all;
      read.keepAbsences(reach, all);
      return all;
    },

    async diaries(range, advisorIds) {
      if (isAbout(read.told, advisorIds, range)) return read.told.diaries;
      const missing = read.unread(range, advisorIds);
      const diaries = read.known(range, advisorIds);
      if (missing.length > 0) {
        const reach = widened(read.reach, range);
        read.reach = reach;
        for (const [id, diary] of await reads.diaries(deskId, missing, reach)) {
          diaries.set(id, diary);
          read.keepDiary(id, diary, reach);
        }
      }
      return read.tell(advisorIds, range, diaries);
    },

    unread: (range, advisorIds) => read.unread(range, advisorIds),
  };
}

/** The longest range for which diaries are read beyond what the query itself asks for. */
const MAX_REACH_MS = 400 * DAY;

function widened(before: Interval | undefined, asked: Interval): Interval {
  const both = before ? hull([before, asked]) : asked;
  return both.end - both.start > MAX_REACH_MS ? asked : both;
}
