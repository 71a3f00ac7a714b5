import { HOUR, type Instant } from '../calendar/interval';
import type { Desk } from '../desk';
import type { LanguageTag } from '../text';
import { assertChangeable, type Booking } from './booking';
import { type By, type Change, happened, notChangeable, touched } from './change';

/** How an interpreter takes part. */
export const INTERPRETER_KINDS = ['phone', 'in_person'] as const;
export type InterpreterKind = (typeof INTERPRETER_KINDS)[number];

/** That somebody interprets between the advisor's language, which is the booking's, and the client's. */
export interface Interpreting {
  /** The client's language. */
  readonly language: LanguageTag;
  /** Null: the desk has found nobody yet. */
  readonly kind: InterpreterKind | null;
  readonly name: string | null;
}

/** How a desk works with interpreters. */
export interface Interpreters {
  /** The language that they share with its advisors. */
  readonly through: LanguageTag;
  /** So long before the start a request lapses that nobody has answered. */
  readonly deadlineHours: number;
}

/** Returns the language that the client speaks in the consultation. */
export function clientsLanguage({ language, interpreting }: Pick<Booking, 'language' | 'interpreting'>): LanguageTag {
  return interpreting?.language ?? language;
}

/** Returns when a request for this start lapses. */
export function lapsesAt(start: Instant, { interpreters }: Pick<Desk, 'interpreters'>): Instant {
  return start - (interpreters?.deadlineHours ?? 0) * HOUR;
}

/**
 * Confirms a request: an interpreter was found. Confirming it once more with another one changes that.
 *
 * @throws DomainError `booking-not-changeable`, see `assertChangeable`; `status` if there was no request
 */
export function confirmInterpreter(
  booking: Booking,
  found: Pick<Interpreting, 'name'> & { readonly kind: InterpreterKind },
  by: By,
): Change {
  assertChangeable(booking, by);
  if (!booking.interpreting) throw notChangeable(booking, 'status');
  const interpreting = { ...booking.interpreting, ...found };
  if (booking.status !== 'requested' && JSON.stringify(interpreting) === JSON.stringify(booking.interpreting))
    return { booking, event: null };
  const status = booking.status === 'requested' ? 'confirmed' : booking.status;
  return {
    booking: touched({ ...booking, status, interpreting }, by.now),
    event: happened('confirmed', booking, by),
  };
}
