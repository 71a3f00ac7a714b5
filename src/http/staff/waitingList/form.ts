import type { Instant } from '../../../domain/calendar/interval';
import { type ErrorCode, isRefusal } from '../../../domain/errors';
import { instantOrNull } from '../../typedTime';
import type { Fields } from '../forms';

/** What a pressed button does with somebody who waits. */
type WaitingDeed = { readonly what: 'offer' | 'book'; readonly start: Instant } | { readonly what: 'leave' | 'undo' };

/** Returns what the button that was pressed does; undefined for anything else. */
export function readDeed({ offer, book, step }: Fields): WaitingDeed | undefined {
  if (step === 'leave' || step === 'undo') return { what: step };
  const what = offer === undefined ? 'book' : 'offer';
  const start = instantOrNull(offer ?? book);
  return start === null ? undefined : { what, start };
}

/** What the page says was done. */
export const WAITING_DONE = ['offered', 'reserved', 'left', 'back', 'joined'] as const;
export type WaitingDone = (typeof WAITING_DONE)[number];

const REFUSALS: readonly (readonly [ErrorCode, 'gone' | 'unchanged'])[] = [
  ['slot-unavailable', 'gone'],
  ['hold-expired', 'unchanged'],
  ['version-moved-on', 'unchanged'],
  ['booking-not-changeable', 'unchanged'],
  ['not-found', 'unchanged'],
];

/** Returns how the page says that somebody was faster; undefined for an error of another kind. */
export function fasterText(error: unknown): 'gone' | 'unchanged' | undefined {
  return REFUSALS.find(([code]) => isRefusal(error, code))?.[1];
}
