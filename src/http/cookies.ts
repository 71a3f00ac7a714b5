import { parse } from 'cookie';
import type { CookieOptions, Request } from 'express';

/** Returns the value of one cookie of the request (RFC 6265 §4.2.1); undefined if the browser did not send it. */
export function readCookie(req: Pick<Request, 'headers'>, name: string): string | undefined {
  return readCookies(req, name)[0];
}

/** Returns all values of this name: a browser may have one cookie for a page and another for the pages below it. */
export function readCookies(req: Pick<Request, 'headers'>, name: string): string[] {
  // `parse` keeps only the first value of a name, so each pair is parsed alone.
  return (req.headers.cookie ?? '').split(';').flatMap((pair) => parse(pair)[name] || []);
}

/**
 * Adds `__Host-`: browsers accept such a cookie only from this exact host, over https and for all paths, so that no
 * sister domain can set it.
 */
export function hostCookieName(name: string, baseUrl: string): string {
  return isHttps(baseUrl) ? `__Host-${name}` : name;
}

/** Adds `__Secure-`: the same for a cookie that is sent only to some paths. */
export function pathCookieName(name: string, baseUrl: string): string {
  return isHttps(baseUrl) ? `__Secure-${name}` : name;
}

/** Returns the options for cookies with secrets: scripts cannot read them, and other sites' forms do not send them. */
export function secretCookie(baseUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(baseUrl), path: '/' };
}

function isHttps(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'https:';
}
