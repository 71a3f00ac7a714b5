import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';
import type { Engagement } from '../../domain/slots/engagement';

/** The engagements of an advisor, ascending by start, including holds that have run out but were not lapsed yet. */
export interface Diary {
  readonly entries: readonly Engagement[];
  /** The smallest `heldUntil`; infinite without a hold. */
  readonly firstHoldEnds: Instant;
}

/** The diaries of some advisors, by their ids. */
export interface Diaries extends ReadonlyMap<string, Diary> {
  /**
   * Returns what was made for this range before, if no diary of the desk has changed in it since, at whatever revision;
   * otherwise makes it. Absent: these are not the diaries of all advisors, or they were read in a transaction that has
   * changed something.
   */
  readonly during?: <T extends object>(range: Interval, make: () => T) => T;
}

/**
 * A desk as of one revision: everything on which a search depends, read as it is asked for. It is the same object as long as nothing of
 * that changes, whichever process writes, so that what is derived from it can hang on it (`perObject`). What it reads is at least as new
 * as its revision.
 */
export interface DeskSnapshot {
  readonly deskId: string;
  /** Undefined: there is no such desk. */
  desk(): Promise<Desk | undefined>;
  /** Absences of all the desk's advisors that touch `range`, and perhaps others. The same array as long as nothing was read beyond it. */
  absences(range: Interval): Promise<readonly Absence[]>;
  /**
   * The advisors' diaries, for at least `range`. Each of the advisors has a diary, who has nothing an empty one. The same map for the same
   * array of ids as long as nothing was read beyond it.
   */
  diaries(range: Interval, advisorIds: readonly string[]): Promise<Diaries>;
  /** Returns those of the advisors whose diaries `diaries` would have to read. */
  unread(range: Interval, advisorIds: readonly string[]): readonly string[];
}
