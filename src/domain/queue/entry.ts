import type { Instant } from '../calendar/interval';
import { DomainError } from '../errors';
import type { LanguageTag } from '../text';

/**
 * The states of somebody who waits at the desk. `called`: an advisor has asked for them; `parked`: they were called twice
 * and did not come, so that only staff see them.
 */
export const QUEUE_STATES = ['waiting', 'called', 'started', 'done', 'left', 'parked'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

/** What staff do with somebody who waits. `undo` goes back to the state before, whatever the last step was. */
export const QUEUE_STEPS = ['call', 'start', 'finish', 'miss', 'leave', 'undo'] as const;
export type QueueStep = (typeof QUEUE_STEPS)[number];

/**
 * Somebody who waits: without an appointment, or with one from the moment at which staff have called them. Whoever was
 * checked in and not called yet has no entry; the booking says enough.
 */
export interface QueueEntry {
  readonly id: string;
  readonly deskId: string;
  /** Null: they came without an appointment. */
  readonly bookingId: string | null;
  /** What is called out: `W7`, or the first half of a booking's reference. */
  readonly number: string;
  readonly topicId: string;
  readonly language: LanguageTag;
  /** Null: nobody has asked for it. */
  readonly name: string | null;
  /** Why they come before others who wait without an appointment; null: they do not. */
  readonly urgent: string | null;
  readonly state: QueueState;
  /** How often they were called and did not come. */
  readonly misses: number;
  /** Who has called them last. */
  readonly advisorId: string | null;
  readonly arrivedAt: Instant;
  /** By it the line is ordered: the arrival, or when they did not come after a call. */
  readonly turnAt: Instant;
  readonly calledAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly version: number;
}

/** From which states a step is possible. */
const FROM: Readonly<Record<QueueStep, readonly QueueState[]>> = {
  call: ['waiting', 'parked'],
  start: ['called', 'waiting'],
  finish: ['started'],
  miss: ['called'],
  leave: ['waiting', 'called', 'parked'],
  undo: ['called', 'started', 'done', 'left', 'parked'],
};

/** Tells whether the step is possible now. Somebody who waits again because they missed their call can be called back. */
export function isPossible({ state, misses }: Pick<QueueEntry, 'state' | 'misses'>, step: QueueStep): boolean {
  return FROM[step].includes(state) || (step === 'undo' && state === 'waiting' && misses > 0);
}

/** How often somebody may miss their call before they are parked. */
const MISSES_BEFORE_PARKED = 2;

/**
 * Returns the entry after a step. Whoever misses the first call waits again behind those who are there, after the second
 * they are parked. A step that was done already changes nothing.
 *
 * @param advisorId who calls; only for `call` and `start`, and null keeps who called before
 * @throws DomainError `queue-not-changeable` with `state`
 */
export function step(entry: QueueEntry, what: QueueStep, advisorId: string | null, now: Instant): QueueEntry {
  const { state } = entry;
  if (state === AFTER[what] && (advisorId === null || advisorId === entry.advisorId)) return entry;
  if (!isPossible(entry, what)) throw new DomainError('queue-not-changeable', { state });
  return { ...entry, ...changed(entry, what, advisorId ?? entry.advisorId, now), version: entry.version + 1 };
}

const AFTER: Readonly<Partial<Record<QueueStep, QueueState>>> = {
  call: 'called',
  start: 'started',
  finish: 'done',
  leave: 'left',
};

function changed(entry: QueueEntry, what: QueueStep, advisorId: string | null, now: Instant): Partial<QueueEntry> {
  const { misses } = entry;
  switch (what) {
    case 'call':
      return { state: 'called', advisorId, calledAt: now };
    case 'start':
      return { state: 'started', advisorId, startedAt: now };
    case 'finish':
      return { state: 'done', endedAt: now };
    case 'leave':
      return { state: 'left', endedAt: now };
    case 'miss':
      return misses + 1 >= MISSES_BEFORE_PARKED
        ? { state: 'parked', misses: misses + 1 }
        : { state: 'waiting', misses: misses + 1, turnAt: now };
    case 'undo':
      return undone(entry);
  }
}

/** The state before the last step, as far as the entry still tells it. */
function undone({ state, misses, calledAt }: QueueEntry): Partial<QueueEntry> {
  // Whoever went in without being called waits again.
  if (state === 'started' && calledAt === null) return { state: 'waiting', advisorId: null, startedAt: null };
  switch (state) {
    case 'waiting':
    case 'parked':
      return { state: 'called', misses: misses - 1 };
    case 'done':
      return { state: 'started', endedAt: null };
    case 'started':
      return { state: 'called', startedAt: null };
    default:
      return { state: 'waiting', advisorId: null, endedAt: null };
  }
}

/** Returns the state as whoever waits reads it: that they were parked is for staff. */
export function shownState({ state }: Pick<QueueEntry, 'state'>): Exclude<QueueState, 'parked'> {
  return state === 'parked' ? 'waiting' : state;
}
