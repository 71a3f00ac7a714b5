import { isCall, type Mode } from '../desk';

/**
 * Tells whether the phone number is missing that the mode needs: the advisor calls the client. The number of attendees,
 * in contrast, is asked only for visits, but its absence is never an error.
 */
export function lacksNumber(phone: string | null | undefined, mode: Mode): boolean {
  return isCall(mode) && !phone;
}
