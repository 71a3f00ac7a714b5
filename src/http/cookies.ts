import type { CookieOptions, Request } from 'express';

/** The value of one cookie of the request (RFC 6265 §4.2.1); undefined if the browser did not send it. */
export function readCookie(req: Pick<Request, 'headers'>, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

/** `__Host-`: browsers take it only from this very host, over https and for all paths, so no sister domain can plant one. */
export function hostCookieName(name: string, baseUrl: string): string {
  return isHttps(baseUrl) ? `__Host-${name}` : name;
}

/** For secrets: no script reads it, no other site's form sends it. */
export function secretCookie(baseUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(baseUrl), path: '/' };
}

function isHttps(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'https:';
}
