import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { carriesSecret } from '../../areas';
import { DomainError } from '../../domain/errors';

declare global {
  namespace Express {
    interface Locals {
      /** The session's token; `{{> csrf}}` prints it into the form. Absent for visitors who are not signed in. */
      csrfToken?: string;
    }
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that another web site's page sends through a visitor's browser.
 *
 * Browsers state where a request comes from: by Sec-Fetch-Site (only over https or to localhost), else by Origin.
 * Programs send neither and carry no cookie, so they cannot be misused in a visitor's name. The same holds where the
 * path itself is the secret; those pages send `Origin: null` because of their referrer policy.
 */
export function sameOrigin(baseUrl: string): RequestHandler {
  const ours = new URL(baseUrl).origin;
  return (req, _res, next) => {
    if (SAFE.has(req.method) || comesFromUs(req, ours)) return next();
    next(new DomainError('forbidden', { reason: 'the request comes from another site', page: 'form' }));
  };
}

/**
 * Checks that the hidden field of a form contains the session's own token. Must be mounted after the body parser and
 * the session. A form that is only shown again was checked when it was sent.
 */
export const requireCsrfToken: RequestHandler = (req, res, next) => {
  if (SAFE.has(req.method) || res.locals.shownAgain) return next();
  const sent = (req.body as { _csrf?: unknown } | undefined)?._csrf;
  if (typeof sent === 'string' && res.locals.csrfToken && equal(sent, res.locals.csrfToken)) return next();
  next(new DomainError('forbidden', { reason: 'the form has no valid token', page: 'form' }));
};

function comesFromUs(req: Request, ours: string): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';

  const origin = req.get('origin');
  if (origin !== undefined && origin !== 'null') return origin === ours || hostOf(origin) === req.get('host');
  if (origin === 'null') return carriesSecret(req.path);
  return req.get('cookie') === undefined || req.get('authorization')?.toLowerCase().startsWith('bearer ') === true;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

export function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
