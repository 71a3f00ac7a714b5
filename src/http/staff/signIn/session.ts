import type { Request, Response } from 'express';
import type { Session } from '../../../app/ports/staffStore';
import { type Instant, MINUTE } from '../../../domain/calendar/interval';
import { isRefusal } from '../../../domain/errors';
import { isOver } from '../../../domain/staff/session';
import { hostCookieName, readCookie, secretCookie } from '../../cookies';
import type { HttpDeps } from '../../deps';

const NAME = 'session';
/** A page's requests come in bursts; one write a minute says as much as one for each. */
const TOUCH_EVERY = MINUTE;

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'tokens' | 'baseUrl'>;

/** The session that the request's cookie belongs to: live, and noted as seen, or over and not yet deleted. */
export async function findSession(
  deps: Deps,
  req: Request,
): Promise<{ readonly live?: Session; readonly over?: Session }> {
  const idHash = idHashOf(deps, req);
  const session = idHash === undefined ? undefined : await deps.storage.staff.findSession(idHash);
  const at = deps.now();
  if (!session) return {};
  if (isOver(session, at)) return { over: session };
  // Also one that was last seen ahead of now: the clock was set back, and idle time counts from here.
  if (Math.abs(at - session.seenAt) >= TOUCH_EVERY) await noteAsSeen(deps, session, at);
  return { live: session };
}

/** Pages can be read while nothing can be written; the session then counts as seen when it last was. */
async function noteAsSeen({ storage }: Deps, { idHash }: Session, at: Instant): Promise<void> {
  try {
    await storage.atomically(({ staff }) => staff.touchSession(idHash, at));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
}

/**
 * Opens a session under a new id, and drops the one that the browser came with: an id that somebody planted there before
 * sign-in is worth nothing afterwards (session fixation).
 */
export async function startSession(
  deps: Deps & Pick<HttpDeps, 'ids'>,
  { req, res, userId }: { req: Request; res: Response; userId: string },
): Promise<void> {
  const secret = deps.ids.secret();
  const before = idHashOf(deps, req);
  const at = deps.now();
  const session = { idHash: deps.tokens.hash(secret), userId, csrf: deps.ids.secret(), createdAt: at, seenAt: at };
  await deps.storage.atomically(async ({ staff }) => {
    if (before) await staff.removeSession(before);
    await staff.addSession(session);
  });
  res.cookie(hostCookieName(NAME, deps.baseUrl), secret, secretCookie(deps.baseUrl));
}

/** Ends the session in the database, so that a copied cookie is worth nothing either. */
export async function endSession(deps: Deps, req: Request, res: Response): Promise<void> {
  const idHash = idHashOf(deps, req);
  if (idHash) await deps.storage.atomically(({ staff }) => staff.removeSession(idHash));
  res.clearCookie(hostCookieName(NAME, deps.baseUrl), secretCookie(deps.baseUrl));
}

function idHashOf({ tokens, baseUrl }: Deps, req: Request): string | undefined {
  const secret = readCookie(req, hostCookieName(NAME, baseUrl));
  return secret === undefined ? undefined : tokens.hash(secret);
}
