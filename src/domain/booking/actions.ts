import { isVideo } from '../desk';
import { checkIn, complete, noShow, reopen, type TakingBack, undoCheckIn } from './attendance';
import { assertChangeable, type Booking } from './booking';
import { assertRestorable } from './restore';

/** The actions on a booking, in the words of the API. A client can only move, cancel and restore. */
type Action =
  | 'move'
  | 'cancel'
  | 'check-in'
  | 'complete'
  | 'no-show'
  | 'undo-check-in'
  | 'reopen'
  | 'restore'
  | 'video-link';

/** The caller, the moment, the desk's time zone and the booking's last step, on which undoing a step depends. */
interface Asking extends TakingBack {
  readonly timeZone: string;
}

/**
 * Returns the actions that the caller could perform on the booking now. It runs the decisions themselves and keeps
 * those that do not refuse; pages offer only these.
 */
export function possibleActions(booking: Booking, asking: Asking): ReadonlySet<Action> {
  const change = () => assertChangeable(booking, asking);
  const decisions: Partial<Record<Action, () => unknown>> = {
    move: change,
    cancel: change,
    restore: () => assertRestorable(booking, asking.last, asking),
    ...(asking.by.kind === 'client' ? {} : attendance(booking, asking)),
    ...(asking.by.kind !== 'client' && isVideo(booking.mode) && { 'video-link': change }),
  };
  return new Set((Object.keys(decisions) as Action[]).filter((action) => isAllowed(decisions[action])));
}

/** Returns the attendance decisions, without those that would leave the status as it is. */
function attendance(booking: Booking, asking: Asking): Partial<Record<Action, () => unknown>> {
  const { status } = booking;
  return {
    ...(status !== 'checked_in' && { 'check-in': () => checkIn(booking, asking) }),
    ...(status !== 'completed' && { complete: () => complete(booking, asking) }),
    ...(status !== 'no_show' && { 'no-show': () => noShow(booking, asking) }),
    'undo-check-in': () => undoCheckIn(booking, { ...asking, last: undefined }),
    reopen: () => reopen(booking, { ...asking, last: undefined }),
  };
}

function isAllowed(decide: (() => unknown) | undefined): boolean {
  try {
    decide?.();
    return decide !== undefined;
  } catch {
    return false;
  }
}
