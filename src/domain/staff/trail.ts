import type { Instant } from '../calendar/interval';

/** What was done with the file of a person, by those who must be able to answer for it. */
export const TRAIL_DEEDS = [
  ...(['case_listed', 'case_read', 'case_printed', 'case_exported'] as const),
  ...(['case_begun', 'case_changed', 'case_shared', 'case_erased'] as const),
] as const;
export type TrailDeed = (typeof TRAIL_DEEDS)[number];

/** A line of the audit trail: who looked at or changed what, and when. It never says what stands in it. */
export interface TrailEntry {
  readonly deskId: string;
  readonly at: Instant;
  /** The name of the member of staff, or of the program. */
  readonly by: string;
  readonly deed: TrailDeed;
  /** The id of the case. */
  readonly about: string;
}
