import type { z } from 'zod';
import { text } from './deskValues';
import { deskPhone, email, webAddress } from './reach';
import { newSlug } from './tags';
import { line } from './text';

const MAX_ADDRESS_LENGTH = 200;

/** The fields of one of a desk's partners, in its file as in the API; without its id. */
export const PARTNER_FIELDS = {
  name: text,
  description: text,
  address: line(MAX_ADDRESS_LENGTH).nullable().default(null),
  phone: deskPhone.nullable().default(null),
  email: email.nullable().default(null),
  website: webAddress.nullable().default(null),
  hours: text.nullable().default(null),
  bring: text.nullable().default(null),
  bookingUrl: webAddress.nullable().default(null),
  bookingDesk: newSlug.nullable().default(null),
};

interface Bookable {
  readonly bookingUrl: string | null;
  readonly bookingDesk: string | null;
}

/** Refuses two ways of booking the same partner. */
export function partnerHolds({ bookingUrl, bookingDesk }: Bookable, ctx: z.RefinementCtx): void {
  if (bookingUrl !== null && bookingDesk !== null)
    ctx.addIssue({ code: 'custom', path: ['bookingDesk'], message: 'give `bookingUrl` or `bookingDesk`' });
}
