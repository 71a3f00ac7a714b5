import { parse } from 'cookie';
import type { CookieOptions, Request } from 'express';

/** The value of one cookie of the request (RFC 6265 §4.2.1); undefined if the browser did not send it. */
export function readCookie(req: Pick<Request, 'headers'>, name: string): string | undefined {
  return readCookies(req, name)[0];
}

/** All values that came under this name: a browser may keep one for a page and another for the pages below it. */
export function readCookies(req: Pick<Request, 'headers'>, name: string): string[] {
  // `parse` keeps only the first of a name, so it reads pair by pair.
  return (req.headers.cookie ?? '').split(';').flatMap((pair) => parse(pair)[name] || []);
}

/** `__Host-`: browsers take it only from this very host, over https and for all paths, so no sister domain can plant one. */
export function hostCookieName(name: string, baseUrl: string): string {
  return isHttps(baseUrl) ? `__Host-${name}` : name;
}

/** `__Secure-`: as `hostCookieName`, for a cookie that goes only to some paths. */
export function pathCookieName(name: string, baseUrl: string): string {
  return isHttps(baseUrl) ? `__Secure-${name}` : name;
}

/** For secrets: no script reads it, no other site's form sends it. */
export function secretCookie(baseUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(baseUrl), path: '/' };
}

function isHttps(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'https:';
}
