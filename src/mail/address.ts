import { DomainError, isRefusal } from '../domain/errors';
import type { Mailbox } from '../domain/notifications/message';
import { isAddress, readAddress } from '../fields/mailAddress';

/** Characters that would end a header line, or reverse the direction of a name for its reader (trojan source). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Returns a mailbox that is safe in a header. The address is checked, because nodemailer would read a list of
 * recipients out of one with commas.
 *
 * @throws DomainError `invalid` if the address is not exactly one plain address
 */
export function checkedMailbox({ name, address }: Mailbox): Mailbox {
  if (!isAddress(address)) throw new DomainError('invalid', { reason: 'not one plain mail address' });
  return { name: oneLine(name), address };
}

/**
 * Reads `desk@city.example` or `Service Desk <desk@city.example>`; the name is empty in the first form.
 * A name with a comma or another special character has to be quoted (RFC 5322 §3.4).
 *
 * @throws DomainError `invalid`
 */
export function parseMailbox(text: string): Mailbox {
  const named = /^(?:"([^"\\]*)" *|([^"\\,;:@<>()[\]]*))<([^<>]*)>$/.exec(text.trim());
  const name = named?.[1] ?? named?.[2] ?? '';
  const address = named?.[3] ?? text.trim();
  // The desk's own address may have a host without a dot, as within an intranet; a client's may not.
  return checkedMailbox({ name, address: readAddress(address) ?? address });
}

/** Returns `true` if `parseMailbox` accepts the text. */
export function isMailbox(text: string): boolean {
  try {
    return parseMailbox(text).address !== '';
  } catch (error) {
    if (isRefusal(error, 'invalid')) return false;
    throw error;
  }
}

/** Makes one line of a text: without control characters, lone surrogates, and spaces at its ends. */
export function oneLine(text: string): string {
  return Buffer.from(text).toString().replace(UNPRINTABLE, ' ').replace(/ +/g, ' ').trim();
}

/** Matches the local parts of mailboxes that nobody reads, in English and German. */
const UNREAD =
  /^(?:no|do[-_.]?not|keine?|nicht|bitte[-_.]?nicht)[-_.]?(?:reply|replies|respond|antwort|antworten)(?:[-+_.].*)?$/i;

/** Returns `true` if the address says itself that nobody reads answers: `noreply@city.example`. */
export function isUnread({ address }: Pick<Mailbox, 'address'>): boolean {
  return UNREAD.test(address.slice(0, address.lastIndexOf('@')));
}
