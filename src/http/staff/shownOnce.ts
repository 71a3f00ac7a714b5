import type { Request, Response } from 'express';
import { MINUTE } from '../../domain/calendar/interval';
import { pathCookieName, readCookie, secretCookie } from '../cookies';
import type { HttpDeps } from '../deps';
import { signedIn } from './desk';

type Deps = Pick<HttpDeps, 'sealer' | 'baseUrl'>;

/** From the press of the button to the page that shows it. */
const COOKIE_MS = MINUTE;

/** Where a secret is shown, once. */
interface About {
  /** The cookie that carries it there. */
  readonly cookie: 'webhookSecret' | 'feedAddress';
  /** The path of the page. */
  readonly path: string;
  /** What it is the secret of. */
  readonly of: string;
}

/** Hands a secret to the next page that this person opens at the path; it stands in no address. */
export function handOver({ sealer, baseUrl }: Deps, res: Response, about: About, secret: string): void {
  const sealed = sealer.seal(secret, purpose(res, about));
  res.cookie(pathCookieName(about.cookie, baseUrl), sealed, { ...options(baseUrl, about), maxAge: COOKIE_MS });
}

/** Returns the secret that was handed over, once. */
export function takeOver({ sealer, baseUrl }: Deps, req: Request, res: Response, about: About): string | undefined {
  const sealed = readCookie(req, pathCookieName(about.cookie, baseUrl));
  if (sealed === undefined) return undefined;
  res.clearCookie(pathCookieName(about.cookie, baseUrl), options(baseUrl, about));
  return sealer.open(sealed, purpose(res, about));
}

function options(baseUrl: string, { path }: About) {
  return { ...secretCookie(baseUrl), path };
}

function purpose(res: Response, { cookie, of }: About): string {
  return `${cookie} ${JSON.stringify([of, signedIn(res).id])}`;
}
