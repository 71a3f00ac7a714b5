import { addressKey } from '../../fields/mailAddress';
import { type Desk, isCall, type Mode } from '../desk';
import type { Booking } from './booking';

type Reach = Readonly<Partial<Pick<Booking['client'], 'email' | 'phone'>>>;

/**
 * Tells whether the phone number is missing that the mode needs: the advisor calls the client. The number of attendees,
 * in contrast, is asked only for visits, but its absence is never an error.
 */
export function lacksNumber(phone: string | null | undefined, mode: Mode): boolean {
  return isCall(mode) && !phone;
}

/**
 * Tells whether a client who books for themselves gives too little to be reached: a mail address, or at a desk that
 * allows it a phone number instead.
 */
export function lacksAddress({ email, phone }: Reach, { withoutMail }: Pick<Desk, 'withoutMail'>): boolean {
  return !email && !(withoutMail && phone);
}

/** Returns by what the bookings of one client are counted: the mail address, or the phone number of who has none. */
export function clientKey({ email, phone }: Booking['client']): string | null {
  return email === null ? phone : addressKey(email);
}
