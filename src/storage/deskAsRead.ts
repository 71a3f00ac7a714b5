import type { DeskSnapshot, Diaries, Diary } from '../app/ports/snapshot';
import { DAY } from '../domain/calendar/dates';
import { contains, hull, type Interval } from '../domain/calendar/interval';
import type { Absence, Desk } from '../domain/desk';
import { changedTimes, DiaryMarks } from './diaryMarks';
import { DESK_ITSELF, type Revised } from './revisions';

/** The statements by which a snapshot is read: of the database, or of a transaction. */
export interface SnapshotReads {
  desk(deskId: string): Promise<Desk | undefined>;
  absences(deskId: string, range: Interval): Promise<readonly Absence[]>;
  diaries(deskId: string, advisorIds: readonly string[], range: Interval): Promise<ReadonlyMap<string, Diary>>;
}

/** What a desk without engagements counts as, for its rules and windows. */
const ENGAGEMENTS_PER_DESK = 200;

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
export class DeskAsRead {
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

export function lastOfAll(revised: readonly Revised[]): number {
  return Math.max(0, ...revised.map(({ number }) => number));
}

/** What was read already is told at once; all else is read by `reads`, and kept. */
export function snapshotOf(read: DeskAsRead, reads: SnapshotReads): DeskSnapshot {
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

/** What is read once more is read for some weeks more, because whoever looks at the next week looks on. */
const READ_AHEAD_MS = 28 * DAY;

function widened(before: Interval | undefined, asked: Interval): Interval {
  if (!before) return asked;
  const end = asked.end > before.end ? asked.end + READ_AHEAD_MS : before.end;
  const both = { start: Math.min(before.start, asked.start), end };
  return both.end - both.start > MAX_REACH_MS ? asked : both;
}
