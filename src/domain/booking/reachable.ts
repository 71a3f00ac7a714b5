import { isCall, type Mode } from '../desk';

/** What is said of a missing number, in English for those who write programs and files. */
export const NUMBER_EXPECTED = 'expected a phone number, since the consultation is by phone';

/** Whether nobody could call: a consultation by phone needs a number. How many take part is asked only of visits, but held of no mode. */
export function lacksNumber(phone: string | null | undefined, mode: Mode): boolean {
  return isCall(mode) && !phone;
}
