import { addressKey } from '../../fields/mailAddress';
import { assertChangeable, type Booking, type Details } from './booking';
import { type By, type Change, happened, touched } from './change';

type Corrected = Pick<Details, 'attendees' | 'note' | 'answers' | 'support'> & Pick<Booking, 'alarmMinutes'>;
type Reached = Pick<Details['client'], 'email' | 'phone' | 'language'>;
type Given<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** What can be corrected of a booking at its time; the name is for staff alone. Absent: it stays. */
export interface Correction extends Given<Corrected> {
  readonly client?: Given<Reached> | undefined;
  /** Its mode, with the advisor who gives it and until when they take nothing else. */
  readonly place?: Pick<Booking, 'mode' | 'advisorId' | 'blockedUntil'> | undefined;
}

/**
 * Corrects a booking. SEQUENCE rises if it takes place in another way, or if somebody else is invited by another
 * address. A correction of what stands there already changes nothing.
 *
 * @throws DomainError `booking-not-changeable`, see `assertChangeable`
 */
export function correct(before: Booking, { client, place, ...details }: Correction, { by, now }: By): Change {
  assertChangeable(before, { by, now });
  const corrected: Booking = {
    ...before,
    ...given(details),
    ...place,
    ...(place && place.mode !== before.mode && { videoLink: null }),
    client: { ...before.client, ...given(client ?? {}) },
  };
  if (JSON.stringify(corrected) === JSON.stringify(before)) return { booking: before, event: null };
  const isToTell = isReaddressed(before, corrected) || before.mode !== corrected.mode;
  return {
    booking: touched({ ...corrected, sequence: before.sequence + (isToTell ? 1 : 0) }, now),
    event: happened('corrected', before, { by, now }),
  };
}

function given<T extends object>(part: Given<T>): Partial<T> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Tells whether the client is reached by another mail address than before. */
export function isReaddressed(before: Pick<Booking, 'client'>, after: Pick<Booking, 'client'>): boolean {
  const keyOf = ({ client: { email } }: Pick<Booking, 'client'>) => email && addressKey(email);
  return keyOf(before) !== keyOf(after);
}
