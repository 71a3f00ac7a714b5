import type { Instant } from '../calendar/interval';
import type { Assignment } from './assignment';
import type { InMode } from './capacity';

/**
 * What blocks an advisor: a booking or a live hold. `time` includes the buffer. It is an `Assignment` of which is also
 * known which place it uses and when it ends by itself.
 */
export interface Engagement extends Assignment, InMode {
  /** When a hold ends; null for a booking. */
  readonly heldUntil: Instant | null;
}
