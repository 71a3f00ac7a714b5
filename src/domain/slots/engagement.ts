import type { Instant, Interval } from '../calendar/interval';
import type { Mode } from '../desk';
import type { Assignment } from './assignment';

/**
 * What blocks an advisor: a booking or a live hold. `time` includes the buffer. It is an `Assignment` of which is also
 * known which place it uses and when it ends by itself.
 */
export interface Engagement extends Assignment {
  readonly mode: Mode;
  /** The time without the buffer, which only the advisor needs. */
  readonly consultation: Interval;
  /** When a hold ends; null for a booking. */
  readonly heldUntil: Instant | null;
}
