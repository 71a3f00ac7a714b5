import { domainToASCII } from 'node:url';

const ENCODE = 'in user and password, write characters such as @ : / # ? % percent-encoded (# is %23)';
export const SMTP_URL_EXPECTED = `expected smtp://user:password@host:port or smtps://…; ${ENCODE}`;
export const IMAP_URL_EXPECTED = `expected imaps://user:password@host:port/INBOX, or imap://…; ${ENCODE}`;
export const DATABASE_URL_EXPECTED = `expected file:PATH or postgres://user:password@host:port/database; ${ENCODE}`;
export const BASE_URL_EXPECTED =
  'expected an address such as https://termine.example, without path, query, fragment, user';

/** Tells whether the text can be the root URL of the program, from which links for browsers are built. */
export function isBaseUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.username + url.password + url.search + url.hash === '' && url.pathname === '/' && !/[?#]/.test(text);
}

/**
 * Tells whether the text is `smtp://` or `smtps://` with a host and no path, query or fragment: if there is one, it is
 * the rest of a password that was not percent-encoded.
 */
export function isSmtpUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || !/^smtps?:\/\//i.test(text.trim())) return false;
  const isWhole = url.search + url.hash === '' && ['', '/'].includes(url.pathname);
  return isWhole && isDecodable(url) && isHost(url.hostname);
}

/** Tells whether the text is `imap://` or `imaps://` with a user, a password, a host, and at most one folder. */
export function isImapUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || !/^imaps?:$/.test(url.protocol) || !/^imaps?:\/\//i.test(text.trim())) return false;
  const isWhole = url.search + url.hash === '' && !url.pathname.includes('@');
  return isWhole && url.username !== '' && url.password !== '' && isDecodable(url) && isHost(url.hostname);
}

/** Tells whether the text is `file:PATH`, or `postgres://` with a host and one database. */
export function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('file:')) return text.length > 'file:'.length;
  const url = urlOf(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return false;
  const isWhole = url.hash === '' && /^\/[^/@]+$/.test(url.pathname) && !url.search.includes('@');
  return isWhole && url.hostname !== '' && isDecodable(url);
}

/** Returns the host of a URL that passed `isSmtpUrl` or `isImapUrl`, without the brackets of IPv6. */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

/** Returns the host as a browser can open it: an IPv6 address in brackets, and `localhost` for a wildcard address. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * Tells whether the name is an address in brackets or a domain name; URLs of these schemes keep letters beyond ASCII
 * percent-encoded.
 */
function isHost(name: string): boolean {
  return name.startsWith('[') || domainToASCII(decodeURIComponent(name)) !== '';
}

/**
 * Tells whether the parts of the URL can be percent-decoded: every `%` begins an encoded byte, and the bytes are UTF-8.
 */
function isDecodable({ username, password, hostname, pathname }: URL): boolean {
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
