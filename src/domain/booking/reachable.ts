import { isCall, type Mode } from '../desk';

/** Whether nobody could call: a consultation by phone needs a number. How many take part is asked only of visits, but held of no mode. */
export function lacksNumber(phone: string | null | undefined, mode: Mode): boolean {
  return isCall(mode) && !phone;
}
