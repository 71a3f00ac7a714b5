import type { Request } from 'express';
import type { HttpDeps } from './deps';
import { isLoopback } from './loopback';

/** What a proxy leaves behind, besides `X-Forwarded-*`. Behind one, everybody comes from this machine. */
const OF_PROXIES = [
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'via',
];

/**
 * Whether the request was sent on this machine, and by no proxy: the socket's own address is a loopback one, and no header tells of
 * somebody else. `TRUST_PROXY` says what to believe of headers, and here none is believed.
 */
export function isFromHere({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    !Object.keys(headers).some((name) => name.startsWith('x-forwarded') || OF_PROXIES.includes(name))
  );
}

/**
 * Whether the request asks for this program by a name of its own: that of `baseUrl`, or one that no other machine has. A page elsewhere
 * whose name was made to lead to this machine (DNS rebinding) is of the same origin for a browser, but asks by that name.
 */
export function asksByOwnName({ headers: { host = '' } }: Pick<Request, 'headers'>, baseUrl?: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || (baseUrl !== undefined && hostname === new URL(baseUrl).hostname);
}

/**
 * Whether demo accounts may be used at all: only for development, and not where the outside is https, since then a proxy stands in front, and
 * not every one says so.
 */
export function demoCanBeOpen({ production, baseUrl }: Pick<HttpDeps, 'production' | 'baseUrl'>): boolean {
  return !production && new URL(baseUrl).protocol !== 'https:';
}

/** Whether demo accounts may be used by whoever sent this request: on this machine, and by a name that only this machine means. */
export function demoIsOpen(
  deps: Pick<HttpDeps, 'production' | 'baseUrl'>,
  req: Pick<Request, 'socket' | 'headers'>,
): boolean {
  return demoCanBeOpen(deps) && isFromHere(req) && asksByOwnName(req);
}
