import type { Request, RequestHandler, Response } from 'express';
import type { Session } from '../../app/ports/staffStore';
import { areaOf } from '../../areas';
import { DomainError } from '../../domain/errors';
import { hasEnded, mayEnter } from '../../domain/staff/account';
import type { StaffMember } from '../../domain/staff/roles';
import { isOver } from '../../domain/staff/session';
import { paths, url } from '../../paths';
import type { HttpDeps } from '../deps';
import { demoIsOpen } from '../fromHere';
import { tokenBy } from '../programToken';
import { findSession } from '../staff/signIn/session';
import type { LimitDeps } from './rateLimit';

/** A person who is signed in, or a program with a token (`userId` null). `id` is the user's id, or the token's hash. */
export type SignedIn = StaffMember & { readonly id: string; readonly userId: string | null };

declare global {
  namespace Express {
    interface Locals {
      /** The member of staff who sends the request; absent for the public. Set by `identify`. */
      staff?: SignedIn | undefined;
      /** The session of the person who is signed in. */
      session?: Session | undefined;
      /** The session that has ended since the page was loaded. */
      overSession?: Session;
    }
  }
}

/**
 * Identifies who sends the request, by a bearer token or else by the session's cookie. Sets `res.locals.staff`, and
 * `csrfToken` for a session. It is only mounted for staff pages and the API, so that public pages cost no look-up and
 * never differ for staff.
 *
 * An unknown token is refused at once, because its sender means to be identified. The session of a person whose account
 * is disabled is ignored. Both are looked up in the database for each request, so that a withdrawal takes effect in
 * every process.
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

/**
 * Tells whether whoever was identified at the beginning of an answer that lasts would still be let in: the token or
 * session still exists, and the account is not disabled. Whoever gets another role or desk loses the session with it.
 */
export async function isStillIn(
  deps: Pick<HttpDeps, 'storage' | 'now' | 'baseUrl' | 'production'>,
  req: Request,
  { locals }: Response,
): Promise<boolean> {
  const { staff } = deps.storage;
  if (!locals.session) {
    const token = locals.staff && (await staff.findToken(locals.staff.id));
    return token !== undefined && !hasEnded(token, deps.now());
  }
  const session = await staff.findSession(locals.session.idHash);
  const user = session && (await staff.findUser(session.userId));
  if (!session || !user || isOver(session, deps.now())) return false;
  return mayEnter(user, { demoIsOpen: demoIsOpen(deps, req) });
}

/**
 * Lets only staff pass. Programs get 401; people are led to sign-in, and afterwards back to the page they requested.
 */
export const requireStaff: RequestHandler = (req, res, next) => {
  if (res.locals.staff) return next();
  if (areaOf(req.originalUrl) === 'api') return next(new DomainError('unauthenticated'));
  res.redirect(303, url(paths.signIn, {}, { next: safeNext(pageOf(req)) ?? undefined }));
};

/**
 * Returns the address of our own page to go to after sign-in, or null: an address from a request could lead to any
 * site.
 */
export function safeNext(next: unknown): string | null {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, HERE)) return null;
  const { origin, pathname, search } = new URL(next, HERE);
  const ours = origin === HERE && areaOf(pathname) === 'staff';
  return ours && pathname !== paths.signIn && pathname !== paths.signOut ? pathname + search : null;
}

const HERE = 'http://here.invalid';

/**
 * Returns the page on which the person was. The address of a form may have no page of its own; then it is the page that
 * contains the form.
 */
function pageOf(req: Request): string {
  if (req.method === 'GET') return req.originalUrl;
  const referer = req.get('referer') ?? '';
  return URL.canParse(referer) ? referer.slice(new URL(referer).origin.length) : '';
}

/** Returns the bearer token of the request (RFC 6750 §2.1). */
export function bearerOf(req: Request): string | undefined {
  return /^bearer\s+(\S+)\s*$/i.exec(req.get('authorization') ?? '')?.[1];
}
