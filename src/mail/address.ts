import { DomainError, isRefusal } from '../domain/errors';
import { isAddress, readAddress } from '../domain/mailAddress';
import type { Mailbox } from '../domain/notifications/message';

/** What would end a header line, or turn a name around for its reader (trojan source). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/**
 * The mailbox, fit for a header: nodemailer would parse a list of recipients out of an address.
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
  // An address within the house may have a host without a dot, which nobody else may.
  return checkedMailbox({ name, address: readAddress(address) ?? address });
}

/** Whether `parseMailbox` can read it. */
export function isMailbox(text: string): boolean {
  try {
    return parseMailbox(text).address !== '';
  } catch (error) {
    if (isRefusal(error, 'invalid')) return false;
    throw error;
  }
}

/** `text` as one line: no control characters, no lone surrogates, no space at its ends. */
export function oneLine(text: string): string {
  return Buffer.from(text).toString().replace(UNPRINTABLE, ' ').replace(/ +/g, ' ').trim();
}

/** Local parts of mailboxes that nobody reads, in the words of the countries around. */
const UNREAD =
  /^(?:no|do[-_.]?not|keine?|nicht|bitte[-_.]?nicht)[-_.]?(?:reply|replies|respond|antwort|antworten)(?:[-+_.].*)?$/i;

/** Whether answers to it are lost, by its own name: `noreply@city.example`. */
export function isUnread({ address }: Pick<Mailbox, 'address'>): boolean {
  return UNREAD.test(address.slice(0, address.lastIndexOf('@')));
}
