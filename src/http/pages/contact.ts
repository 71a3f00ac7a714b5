import type { Desk } from '../../domain/desk';
import { phoneHref } from '../../fields/phone';

/** Returns how to reach the desk, for pages. */
export function contactView({ address, phone, email }: Pick<Desk, 'address' | 'phone' | 'email'>) {
  return { address, phone, phoneHref: phoneHref(phone), email };
}
