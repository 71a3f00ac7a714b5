import type { Request, Response } from 'express';
import { MINUTE } from '../../domain/calendar/interval';
import { paths, url } from '../../paths';
import { pathCookieName, readCookie, secretCookie } from '../cookies';
import type { HttpDeps } from '../deps';
import { signedIn } from './desk';

type Deps = Pick<HttpDeps, 'sealer' | 'baseUrl'>;

const COOKIE = 'webhookSecret';
/** From the press of the button to the page that shows it. */
const COOKIE_MS = MINUTE;

/** A webhook by its address. */
interface About {
  readonly deskId: string;
  readonly id: string;
}

/** Hands a secret to the next page that this person opens about the webhook; it stands in no address. */
export function handOver({ sealer, baseUrl }: Deps, res: Response, about: About, secret: string): void {
  const sealed = sealer.seal(secret, purpose(res, about));
  res.cookie(pathCookieName(COOKIE, baseUrl), sealed, { ...options(baseUrl, about), maxAge: COOKIE_MS });
}

/** Returns the secret that was handed over, once. */
export function takeOver({ sealer, baseUrl }: Deps, req: Request, res: Response, about: About): string | undefined {
  const sealed = readCookie(req, pathCookieName(COOKIE, baseUrl));
  if (sealed === undefined) return undefined;
  res.clearCookie(pathCookieName(COOKIE, baseUrl), options(baseUrl, about));
  return sealer.open(sealed, purpose(res, about));
}

function options(baseUrl: string, { deskId, id }: About) {
  return { ...secretCookie(baseUrl), path: url(paths.staffWebhook, { desk: deskId, id }) };
}

function purpose(res: Response, { id }: About): string {
  return `webhook secret ${JSON.stringify([id, signedIn(res).id])}`;
}
