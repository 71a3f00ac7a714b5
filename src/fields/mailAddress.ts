import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * RFC 5321 §4.5.3.1.3 limits a path to 256 octets including its angle brackets; §4.5.3.1.1 limits the local part to 64.
 */
export const MAX_ADDRESS_LENGTH = 254;
const MAX_LOCAL_PART = 64;

/**
 * An addr-spec of RFC 5322 §3.4.1 with all of its atext, but without quoted local parts, domain literals and comments;
 * ASCII only (no SMTPUTF8).
 */
const ADDRESS = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i;
/**
 * A host of at least two labels (RFC 1123 §2.1). The last one must not be a number, because that would be an IP
 * address.
 */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/i;
/**
 * The characters of a domain name beyond ASCII. They are checked first because `domainToASCII` drops what follows a
 * slash and turns a number into an IP address.
 */
const LETTERS = /^[\p{L}\p{M}\p{N}.\u3002\u00b7\u30fb-]+$/u;

/**
 * Tells whether mail for `text` can go to one recipient only: it is no list and has no display name and no line break.
 */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text);
}

/**
 * Reads one address that somebody typed and returns it as it goes on the envelope, with its domain in ASCII
 * (`пошта.укр` is `xn--80a1acn3a.xn--j1amh`).
 *
 * @returns undefined for anything else than one plain address on the Internet
 */
export function readAddress(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim();
  const at = text.lastIndexOf('@');
  const address = `${text.slice(0, at)}@${hostInAscii(text.slice(at + 1))}`;
  const isWhole = at > 0 && at <= MAX_LOCAL_PART && HOST.test(domainOf(address));
  return isWhole && isAddress(address) ? address : undefined;
}

/** Returns a stored address for reading, with its domain in its own script. */
export function addressText(address: string): string {
  const host = domainOf(address);
  return /(^|\.)xn--/i.test(host) ? `${address.slice(0, -host.length)}${domainToUnicode(host)}` : address;
}

/** Returns the key by which addresses are compared: it is the same however the case and the domain are written. */
export function addressKey(typed: string): string {
  return (readAddress(typed) ?? typed.trim()).toLowerCase();
}

/** Returns the part after the `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/**
 * The most common mail providers; the first match is suggested. The domains in `MISTAKABLE` are real ones that look
 * like a mistyped provider, and are never corrected.
 */
const PROVIDERS = [
  'gmail.com gmx.de gmx.net web.de t-online.de outlook.com outlook.de hotmail.com hotmail.de',
  'icloud.com yahoo.com yahoo.de googlemail.com freenet.de posteo.de mailbox.org live.com live.de',
  'proton.me protonmail.com gmx.at gmx.ch ukr.net yandex.ru naver.com yahoo.co.jp docomo.ne.jp',
].flatMap((line) => line.split(' '));
const MISTAKABLE = 'mail.com email.com gmx.com yahoo.co ukr.ne live.co wet.de we.de'.split(' ');

/**
 * Suggests the address that was probably meant, if the domain is one typing mistake away from that of a large provider:
 * `kim@gmail.com` for `kim@gmial.com`. It is only offered as a question, because the typed domain may exist.
 */
export function likelyMeant(address: string): string | undefined {
  const host = domainOf(address).toLowerCase();
  if (PROVIDERS.includes(host) || MISTAKABLE.includes(host)) return undefined;
  const meant = PROVIDERS.find((provider) => isOneSlip(host, provider));
  return meant && `${address.slice(0, -host.length)}${meant}`;
}

/**
 * Tells whether the texts differ by one wrong, missing or additional letter, or by two neighbouring letters that are
 * swapped.
 */
function isOneSlip(typed: string, meant: string): boolean {
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  let end = 0;
  while (end < Math.min(typed.length, meant.length) - start && typed.at(-1 - end) === meant.at(-1 - end)) end++;
  const [wrong, right] = [typed.slice(start, typed.length - end), meant.slice(start, meant.length - end)];
  return (wrong.length <= 1 && right.length <= 1) || (wrong.length === 2 && wrong === [...right].reverse().join(''));
}

function hostInAscii(host: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is all of it
  if (/^[\x00-\x7f]*$/.test(host)) return isPunycode(host) ? host : '';
  return LETTERS.test(host) ? domainToASCII(host) : '';
}

/** Tells whether every label that claims to be encoded (`xn--`) can be decoded. */
function isPunycode(host: string): boolean {
  return !/(^|\.)xn--/i.test(host) || domainToASCII(host) !== '';
}
