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

/** Tells whether two readings of an engagement say the same. Thousands are compared when diaries are read again. */
export function isUnchanged(a: Engagement, b: Engagement): boolean {
  return (
    a.id === b.id &&
    a.advisorId === b.advisorId &&
    isSameTime(a.time, b.time) &&
    isSameTime(a.consultation, b.consultation) &&
    a.topicId === b.topicId &&
    a.language === b.language &&
    a.mode === b.mode &&
    a.movable === b.movable &&
    a.urgent === b.urgent &&
    a.heldUntil === b.heldUntil
  );
}

function isSameTime(a: Interval, b: Interval): boolean {
  return a.start === b.start && a.end === b.end;
}
