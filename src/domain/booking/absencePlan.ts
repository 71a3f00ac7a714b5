import type { HoursException, HoursRule } from '../calendar/hours';
import { HOUR, type Instant, type Interval, MINUTE } from '../calendar/interval';
import type { Text } from '../text';
import type { Booking } from './booking';
import type { Tell } from './operation';

/** Why nobody is there. `closure` closes the whole desk. */
export const ABSENCE_KINDS = ['sick', 'leave', 'training', 'closure', 'other'] as const;
type AbsenceKind = (typeof ABSENCE_KINDS)[number];

/**
 * What is done with a booking whose advisor is away:
 *
 * - `reassign`: somebody else takes it at the same time; the client hears of it only if the name was promised
 * - `move`: it goes to another time, and the client is told
 * - `ask`: it goes to another time, which is kept until the client has said whether it fits
 * - `call`: it stays where it is until reception has phoned the client
 * - `cancel`: it is cancelled, and the client is told
 * - `keep`: it stays where it is, because somebody has decided so
 */
export const PLAN_ACTIONS = ['reassign', 'move', 'ask', 'call', 'cancel', 'keep'] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** What the plan does with one booking. */
export interface PlanLine {
  readonly bookingId: string;
  /** The booking's version when the line was made; another one means that it was changed since. */
  readonly version: number;
  readonly action: PlanAction;
  /** Where it goes; for a `call` what reception can offer, if there is something. */
  readonly start: Instant | null;
  readonly advisorId: string | null;
}

/** Who is away, and when. */
export interface PlannedAbsence {
  /** Ids of advisors; null: the whole desk is closed. */
  readonly advisorIds: readonly string[] | null;
  readonly time: Interval;
  readonly kind: AbsenceKind;
  /** For staff. */
  readonly reason: string | null;
  /** What clients read where the desk is closed. */
  readonly notice: Text;
  /** The change of the desk's hours, if it is another than a closure during `time`; null: it is none, or that. */
  readonly hours: PlannedHours | null;
}

/** A change of the desk's hours, by which bookings lose their place. */
export interface PlannedHours {
  /** All rules that hold then; null: they stay as they are. */
  readonly rules: readonly HoursRule[] | null;
  /** What is entered, the newest last. */
  readonly exceptions: readonly Omit<HoursException, 'id'>[];
}

/** An absence of one or several people, or a closure of the desk, with what becomes of the bookings that it touches. */
export interface AbsencePlan extends PlannedAbsence {
  readonly id: string;
  readonly deskId: string;
  readonly state: 'proposed' | 'committed' | 'undone';
  /** By the start of the bookings as they were. */
  readonly lines: readonly PlanLine[];
  /** What the commit has added, so that undoing it can take it away. */
  readonly absenceIds: readonly string[];
  readonly exceptionIds: readonly string[];
  /** The rules that the commit replaces, as they were when it was proposed; null: it replaces none. */
  readonly rulesBefore: readonly HoursRule[] | null;
  /** The moves and cancellations of the commit; null: there were none. */
  readonly operationId: string | null;
  readonly createdAt: Instant;
  readonly committedAt: Instant | null;
  /** When they came back before the planned end; null: they did not. */
  readonly backAt: Instant | null;
}

/** How long a client has who is asked, and how long before the start an answer must be there. */
const ANSWERED_WITHIN_MS = 24 * HOUR;
const ANSWERED_AHEAD_MS = 2 * HOUR;
/** Nobody is asked by mail who has less time than this. */
const SHORTEST_QUESTION_MS = 30 * MINUTE;

/**
 * Returns until when the client can say whether the new start fits; null if there is too little time to ask by mail.
 */
export function askedUntil(start: Instant, now: Instant): Instant | null {
  const until = Math.min(now + ANSWERED_WITHIN_MS, start - ANSWERED_AHEAD_MS);
  return until - now < SHORTEST_QUESTION_MS ? null : until;
}

/**
 * Returns what is proposed for a booking.
 *
 * @param place where there is room for it while the advisor is away; undefined: nowhere near
 */
export function proposedLine(
  booking: Booking,
  place: { readonly time: Interval; readonly advisorId: string } | undefined,
  now: Instant,
): PlanLine {
  const { id: bookingId, version, time, client, status } = booking;
  const to = { start: place?.time.start ?? null, advisorId: place?.advisorId ?? null };
  const line = (action: PlanAction): PlanLine => ({ bookingId, version, action, ...to });
  if (!place) return line('call');
  if (place.time.start === time.start) return line('reassign');
  // A client who stands at the door is asked there.
  const canBeAsked = client.email !== null && status !== 'checked_in' && askedUntil(place.time.start, now) !== null;
  return line(canBeAsked ? 'ask' : 'call');
}

/**
 * Tells whether an advisor who is away may carry the line out themselves: it leaves the booking where it is, ends it, or
 * gives it another time in their own calendar. What takes a colleague's time is reception's to decide.
 */
export function isOwnLine({ action, advisorId }: Pick<PlanLine, 'action' | 'advisorId'>, own: string): boolean {
  return advisorId === own || action === 'call' || action === 'cancel' || action === 'keep';
}

/** Returns the line as far as its advisor may carry it out; otherwise it is left to reception, with what was proposed. */
export function asOwnLine(line: PlanLine, own: string): PlanLine {
  return isOwnLine(line, own) ? line : { ...line, action: 'call' };
}

/** Returns how the client of a line is told. A reassignment is told only to whom the name was promised. */
export function tellOf({ action }: Pick<PlanLine, 'action'>, { client, tied }: Pick<Booking, 'client' | 'tied'>): Tell {
  if (action === 'call') return 'phone';
  if (action === 'keep' || client.email === null) return 'nobody';
  return action === 'reassign' && !tied ? 'nobody' : 'mail';
}

/** Returns how many lines there are of each action. */
export function countActions(lines: readonly Pick<PlanLine, 'action'>[]): Readonly<Record<PlanAction, number>> {
  const counts = Object.fromEntries(PLAN_ACTIONS.map((action) => [action, 0])) as Record<PlanAction, number>;
  for (const { action } of lines) counts[action]++;
  return counts;
}
