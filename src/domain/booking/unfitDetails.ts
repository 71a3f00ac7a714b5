import { isCall, isVisit, type Mode } from '../desk';

/** A detail that does not go with the mode, and what was expected of it, in English for those who write programs and files. */
export interface Unfit {
  readonly field: 'phone' | 'attendees';
  readonly expected: string;
}

/** What of the details does not go with how the consultation takes place: a call needs a number, and several people only come to a visit. */
export function unfitDetails(
  { phone, attendees }: { readonly phone: string | null; readonly attendees: number },
  mode: Mode,
): Unfit[] {
  const wrong: Unfit[] = [];
  if (isCall(mode) && phone === null)
    wrong.push({ field: 'phone', expected: 'expected a phone number, since the consultation is by phone' });
  if (!isVisit(mode) && attendees > 1)
    wrong.push({ field: 'attendees', expected: 'expected 1, or a consultation in person' });
  return wrong;
}
