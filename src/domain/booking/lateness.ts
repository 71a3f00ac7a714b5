import { type Instant, MINUTE, type Minutes } from '../calendar/interval';
import type { Booking } from './booking';

/** A client is late from so many minutes after the start; before that, reception is only busy. */
export const LATE_AFTER_MINUTES = 5;

/**
 * Returns how many whole minutes the client is late; null: they are not, or nobody waits for them any more. A client is
 * late who has not been checked in while the consultation was to take place.
 */
export function minutesLate({ status, time }: Pick<Booking, 'status' | 'time'>, now: Instant): Minutes | null {
  const minutes = Math.floor((now - time.start) / MINUTE);
  const isAwaited = (status === 'requested' || status === 'confirmed') && now < time.end;
  return isAwaited && minutes >= LATE_AFTER_MINUTES ? minutes : null;
}
