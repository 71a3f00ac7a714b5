import type { Desk } from '../../domain/desk';
import { phoneHref } from '../../fields/phone';

/** How to reach a person at the desk, as pages print it. */
export function contactView({ address, phone, email }: Pick<Desk, 'address' | 'phone' | 'email'>) {
  return { address, phone, phoneHref: phoneHref(phone), email };
}
