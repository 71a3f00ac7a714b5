import type { Request, Response } from 'express';
import type { Session } from '../../../app/ports/staffStore';
import { type Instant, MINUTE } from '../../../domain/calendar/interval';
import { isRefusal } from '../../../domain/errors';
import { isOver } from '../../../domain/staff/session';
import { hostCookieName, readCookie, secretCookie } from '../../cookies';
import type { HttpDeps } from '../../deps';
import { EVENT_STREAM } from '../../eventStreams';

const NAME = 'session';
/**
 * How often a session is recorded as seen. The requests of a page come together, and a write for each would tell
 * nothing more.
 */
const TOUCH_EVERY_MS = MINUTE;

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'tokens' | 'baseUrl'>;

/** Returns the session of the request's cookie: live, and recorded as seen, or over but not deleted yet. */
export async function findSession(
  deps: Deps,
  req: Request,
): Promise<{ readonly live?: Session; readonly over?: Session }> {
  const idHash = idHashOf(deps, req);
  const session = idHash === undefined ? undefined : await deps.storage.staff.findSession(idHash);
  const at = deps.now();
  if (!session) return {};
  if (isOver(session, at)) return { over: session };
  // This includes a session that was last seen in the future: the clock was set back, and idle time counts from now.
  if (!isUnattended(req) && Math.abs(at - session.seenAt) >= TOUCH_EVERY_MS) await noteAsSeen(deps, session, at);
  return { live: session };
}

/**
 * Tells whether an open page has sent the request by itself: it listens to events, or renews itself after one. That is
 * no sign that somebody is there, and must not keep the session of an unattended screen.
 */
function isUnattended(req: Request): boolean {
  return req.get('accept') === EVENT_STREAM || req.get('x-unattended') !== undefined;
}

/** Records the session as seen. If the database cannot be written, it does nothing, so that pages can still be read. */
async function noteAsSeen({ storage }: Deps, { idHash }: Session, at: Instant): Promise<void> {
  try {
    await storage.atomically(({ staff }) => staff.touchSession(idHash, at));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
}

/**
 * Opens a session under a new id and deletes the one that the browser sent, so that an id that somebody planted there
 * before sign-in is worthless afterwards (session fixation).
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

/** Ends the session in the database, so that a copy of the cookie is worthless too. */
export async function endSession(deps: Deps, req: Request, res: Response): Promise<void> {
  const idHash = idHashOf(deps, req);
  if (idHash) await deps.storage.atomically(({ staff }) => staff.removeSession(idHash));
  res.clearCookie(hostCookieName(NAME, deps.baseUrl), secretCookie(deps.baseUrl));
}

function idHashOf({ tokens, baseUrl }: Deps, req: Request): string | undefined {
  const secret = readCookie(req, hostCookieName(NAME, baseUrl));
  return secret === undefined ? undefined : tokens.hash(secret);
}
