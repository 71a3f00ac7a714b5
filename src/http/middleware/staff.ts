import type { Request, RequestHandler } from 'express';
import type { Session } from '../../app/ports/staffStore';
import { DomainError } from '../../domain/errors';
import { mayEnter } from '../../domain/staff/account';
import type { StaffMember } from '../../domain/staff/roles';
import { areaOf, paths, url } from '../../paths';
import type { HttpDeps } from '../deps';
import { demoIsOpen } from '../fromHere';
import { tokenBy } from '../programToken';
import { findSession } from '../staff/signIn/session';
import type { LimitDeps } from './rateLimit';

/** A person who is signed in, or a program with a token (`userId` null). `id` is the user's, or the token's hash. */
export type SignedIn = StaffMember & { readonly id: string; readonly userId: string | null };

declare global {
  namespace Express {
    interface Locals {
      /** Who asks; absent for the public. Set by `identify`. */
      staff?: SignedIn | undefined;
      /** The session of a person who is signed in. */
      session?: Session | undefined;
      /** The one that ended since the page was made. */
      overSession?: Session;
    }
  }
}

/**
 * Who asks: by a bearer token, or else by the session's cookie. Sets `res.locals.staff`, and `csrfToken` for a session.
 * Only for staff's pages and the API, so that public pages cost no look-up and never differ for staff.
 *
 * A token that is unknown is refused at once: whoever sends one means to be somebody. Of a person who may not enter any more, the session is
 * as good as none. Both are asked of the database each time, so that what is taken back is gone in every process.
 */
export function identify(deps: LimitDeps & Pick<HttpDeps, 'tokens' | 'baseUrl' | 'production'>): RequestHandler {
  return async (req, res, next) => {
    if (!['staff', 'api'].includes(areaOf(req.path))) return next();
    const bearer = bearerOf(req);
    if (bearer !== undefined) {
      const token = await tokenBy(deps, res, bearer);
      if (!token) throw new DomainError('unauthenticated', { reason: 'the token is not known' });
      const { name, role, deskId, advisorId } = token;
      res.locals.staff = { kind: 'staff', name, role, deskId, advisorId, id: token.hash, userId: null };
      return next();
    }

    const { live: session, over } = await findSession(deps, req);
    if (over) res.locals.overSession = over;
    const user = session && (await deps.storage.staff.findUser(session.userId));
    if (session && user && mayEnter(user, { demoIsOpen: demoIsOpen(deps, req) })) {
      const { id: userId, name, role, deskId, advisorId } = user;
      res.locals.staff = { kind: 'staff', name, role, deskId, advisorId, id: userId, userId };
      res.locals.csrfToken = session.csrf;
      res.locals.session = session;
    }
    next();
  };
}

/** Lets only staff pass. Programs are told 401; people sign in, and come back to where they wanted to go. */
export const requireStaff: RequestHandler = (req, res, next) => {
  if (res.locals.staff) return next();
  if (areaOf(req.originalUrl) === 'api') return next(new DomainError('unauthenticated'));
  res.redirect(303, url(paths.signIn, {}, { next: safeNext(pageOf(req)) ?? undefined }));
};

/** A page of ours to go to after sign-in, or null: an address that came with a request could lead anywhere. */
export function safeNext(next: unknown): string | null {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, HERE)) return null;
  const { origin, pathname, search } = new URL(next, HERE);
  const ours = origin === HERE && areaOf(pathname) === 'staff';
  return ours && pathname !== paths.signIn && pathname !== paths.signOut ? pathname + search : null;
}

const HERE = 'http://here.invalid';

/** Where the person was: a form's address has no page of its own to come back to, the page it stands on has. */
function pageOf(req: Request): string {
  if (req.method === 'GET') return req.originalUrl;
  const referer = req.get('referer') ?? '';
  return URL.canParse(referer) ? referer.slice(new URL(referer).origin.length) : '';
}

/** The secret of a program that says who it is (RFC 6750 §2.1). */
export function bearerOf(req: Request): string | undefined {
  return /^bearer\s+(\S+)\s*$/i.exec(req.get('authorization') ?? '')?.[1];
}
