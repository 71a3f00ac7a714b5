import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 5321 §4.5.3.1.3: a path of 256 octets, less its angle brackets; and §4.5.3.1.1: the longest local part. */
export const MAX_ADDRESS_LENGTH = 254;
const MAX_LOCAL_PART = 64;

/** An addr-spec of RFC 5322 §3.4.1 without quoted local parts, domain literals and comments: all of its atext, in ASCII (no SMTPUTF8). */
const ADDRESS = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i;
/** A host of two labels or more (RFC 1123 §2.1); the last is no number, since that would be an IP address. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/i;
/** What stands in a name beyond ASCII; `domainToASCII` would leave out what comes behind a slash, and take a number for an address. */
const LETTERS = /^[\p{L}\p{M}\p{N}.\u3002\u00b7\u30fb-]+$/u;

/** Whether mail for `text` can only ever go to one recipient: no list, no display name, no line break. */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text);
}

/**
 * The one address that somebody typed, as it goes on the envelope: its domain in ASCII (`пошта.укр` is `xn--80a1acn3a.xn--j1amh`).
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

/** A stored address as people read it: its domain in their own script. */
export function addressText(address: string): string {
  const host = domainOf(address);
  return /(^|\.)xn--/i.test(host) ? `${address.slice(0, -host.length)}${domainToUnicode(host)}` : address;
}

/** By what a mailbox is known again, however its case and its domain are written. */
export function addressKey(typed: string): string {
  return (readAddress(typed) ?? typed.trim()).toLowerCase();
}

/** What comes after the `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Where most people have their mailboxes, first whom a slip is most likely meant for; `MISTAKABLE` are real, and look like one of these. */
const PROVIDERS = [
  'gmail.com gmx.de gmx.net web.de t-online.de outlook.com outlook.de hotmail.com hotmail.de',
  'icloud.com yahoo.com yahoo.de googlemail.com freenet.de posteo.de mailbox.org live.com live.de',
  'proton.me protonmail.com gmx.at gmx.ch ukr.net yandex.ru naver.com yahoo.co.jp docomo.ne.jp',
].flatMap((line) => line.split(' '));
const MISTAKABLE = 'mail.com email.com gmx.com yahoo.co ukr.ne live.co wet.de we.de'.split(' ');

/**
 * What was probably meant, if the domain is one slip away from that of a great provider: `kim@gmail.com` for `kim@gmial.com`. It is
 * for a question and no more, since other domains exist.
 */
export function likelyMeant(address: string): string | undefined {
  const host = domainOf(address).toLowerCase();
  if (PROVIDERS.includes(host) || MISTAKABLE.includes(host)) return undefined;
  const meant = PROVIDERS.find((provider) => isOneSlip(host, provider));
  return meant && `${address.slice(0, -host.length)}${meant}`;
}

/** Whether one letter is wrong, missing or too much, or two neighbours have changed places. */
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

/** No label says that it is a name beyond ASCII without being one. */
function isPunycode(host: string): boolean {
  return !/(^|\.)xn--/i.test(host) || domainToASCII(host) !== '';
}
