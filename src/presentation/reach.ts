import type { Client } from '../domain/booking/booking';
import { addressText } from '../domain/mailAddress';
import { phoneHref, phoneText } from '../domain/phone';

/** How somebody can be reached, as people read it; null: not in this way. */
export function reachOf({ email, phone }: Pick<Client, 'email' | 'phone'>) {
  return {
    email: email && addressText(email),
    phone: phone && phoneText(phone),
    phoneHref: phone && phoneHref(phone),
  };
}
