import type { TrailEntry } from '../../domain/staff/trail';

/** Keeps the trail of who looked at and changed the files of people. Lines are only added, and purged by their age. */
export interface Trail {
  /** Adds lines. */
  add(entries: readonly (TrailEntry & { readonly id: string })[]): Promise<void>;
  /** Returns the lines about something, the latest first, at most `limit`. */
  about(id: string, limit: number): Promise<TrailEntry[]>;
}
