import type { Request, Response } from 'express';
import type { StaffUser } from '../../../app/ports/staffStore';
import type { Instant } from '../../../domain/calendar/interval';
import { MAX_DEVICE_KNOWN_MS } from '../../../domain/staff/session';
import { hostCookieName, readCookie, secretCookie } from '../../cookies';
import type { HttpDeps } from '../../deps';

const NAME = 'device';
const BETWEEN = '~';
/**
 * The number of people who are remembered in one browser, for colleagues who share a computer; the one who signed in
 * longest ago is removed first.
 */
const MAX_KNOWN_PEOPLE = 8;

type Deps = Pick<HttpDeps, 'devices' | 'now' | 'baseUrl'>;

/**
 * Returns the browser's mark of an earlier sign-in of this user; undefined if there is none, it is too old, or the user
 * is disabled.
 */
export function knownMark(deps: Deps, req: Request, user: StaffUser): string | undefined {
  if (user.disabledAt !== null) return undefined;
  const at = deps.now();
  return marksIn(deps, req).find((mark) => isFresh(deps.devices.givenAt(mark, user), at));
}

/** Marks the browser as one in which this user signs in, and keeps the marks of others. */
export function rememberDevice(deps: Deps, { req, res, user }: { req: Request; res: Response; user: StaffUser }): void {
  const others = marksIn(deps, req).filter((mark) => deps.devices.givenAt(mark, user) === undefined);
  const marks = [deps.devices.mark(user, deps.now()), ...others].slice(0, MAX_KNOWN_PEOPLE);
  res.cookie(hostCookieName(NAME, deps.baseUrl), marks.join(BETWEEN), {
    ...secretCookie(deps.baseUrl),
    maxAge: MAX_DEVICE_KNOWN_MS,
  });
}

/**
 * Tells whether a mark is recent. One from the future was made before the clock was set back; it counts if it is no
 * further ahead than a mark lasts.
 */
function isFresh(given: Instant | undefined, now: Instant): boolean {
  return given !== undefined && Math.abs(now - given) < MAX_DEVICE_KNOWN_MS;
}

function marksIn({ baseUrl }: Deps, req: Request): string[] {
  const cookie = readCookie(req, hostCookieName(NAME, baseUrl)) ?? '';
  return cookie.split(BETWEEN).filter(Boolean).slice(0, MAX_KNOWN_PEOPLE);
}
