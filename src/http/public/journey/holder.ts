import type { Request, Response } from 'express';
import { HOUR } from '../../../domain/calendar/interval';
import { hostCookieName, readCookie, secretCookie } from '../../cookies';
import type { HttpDeps } from '../../deps';

type Deps = Pick<HttpDeps, 'tokens' | 'ids' | 'baseUrl'>;

/** The cookie's name; `__Host-` is prefixed if the pages are served over https. */
export const DRAFT_COOKIE = 'draft';
/** As long as a draft is usually stored. */
export const DRAFT_COOKIE_MS = 24 * HOUR;

/** Returns the hash of the browser's secret, by which its hold and its booking are found. */
export function holderOf({ tokens, baseUrl }: Omit<Deps, 'ids'>, req: Request): string | undefined {
  const secret = readCookie(req, hostCookieName(DRAFT_COOKIE, baseUrl));
  return secret === undefined ? undefined : tokens.hash(secret);
}

/** Deletes the cookie, so that the browser no longer finds a hold or a booking. */
export function forgetHolder({ baseUrl }: Pick<Deps, 'baseUrl'>, res: Response): void {
  res.clearCookie(hostCookieName(DRAFT_COOKIE, baseUrl), secretCookie(baseUrl));
}

/**
 * Does the same as `holderOf`, and sets the cookie if there is none. It is only used for POST, so that looking at pages
 * sets no cookie.
 */
export function ensureHolder(deps: Deps, req: Request, res: Response): string {
  const known = holderOf(deps, req);
  if (known) return known;
  const secret = deps.ids.secret();
  res.cookie(hostCookieName(DRAFT_COOKIE, deps.baseUrl), secret, {
    ...secretCookie(deps.baseUrl),
    maxAge: DRAFT_COOKIE_MS,
  });
  return deps.tokens.hash(secret);
}
