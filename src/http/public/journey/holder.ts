import type { Request, Response } from 'express';
import { HOUR } from '../../../domain/calendar/interval';
import { hostCookieName, readCookie, secretCookie } from '../../cookies';
import type { HttpDeps } from '../../deps';

type Deps = Pick<HttpDeps, 'tokens' | 'ids' | 'baseUrl'>;

/** `__Host-` before it where the pages are served over https. */
export const DRAFT_COOKIE = 'draft';
/** As long as a draft usually is kept. */
export const DRAFT_COOKIE_MS = 24 * HOUR;

/** Hash of the secret by which a browser finds the slot that it holds, and the booking that it made. */
export function holderOf({ tokens, baseUrl }: Omit<Deps, 'ids'>, req: Request): string | undefined {
  const secret = readCookie(req, hostCookieName(DRAFT_COOKIE, baseUrl));
  return secret === undefined ? undefined : tokens.hash(secret);
}

/** Takes it from the browser, which then knows nothing of a slot or a booking any more. */
export function forgetHolder({ baseUrl }: Pick<Deps, 'baseUrl'>, res: Response): void {
  res.clearCookie(hostCookieName(DRAFT_COOKIE, baseUrl), secretCookie(baseUrl));
}

/** The same, given to the browser first if it has none. Only in answer to a POST: looking at pages sets no cookie. */
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
