import type { Client, Person } from '../domain/booking/booking';
import { addressText } from '../fields/mailAddress';
import { phoneHref, phoneText } from '../fields/phone';

/** Formats the mail address and phone number of a client; null for the one that is not known. */
export function reachOf({ email, phone }: Pick<Client, 'email' | 'phone'>) {
  return {
    email: email && addressText(email),
    phone: phone && phoneText(phone),
    phoneHref: phone && phoneHref(phone),
  };
}

/** Returns the name of a person with their mail address, if it is known. */
export function personText({ name, email }: Pick<Person, 'name' | 'email'>): string {
  return email === null ? name : `${name} (${addressText(email)})`;
}
