import type { Request } from 'express';
import type { HttpDeps } from './deps';
import { isLoopback } from './loopback';

/**
 * Headers that proxies add, besides `X-Forwarded-*`. Behind a proxy on this machine every request seems to come from
 * here.
 */
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
 * Tells whether the request was sent from this machine and through no proxy: the socket's address is a loopback one,
 * and there is no header of a proxy. `TRUST_PROXY` decides which headers are believed elsewhere; here none is.
 */
export function isFromHere({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    !Object.keys(headers).some((name) => name.startsWith('x-forwarded') || OF_PROXIES.includes(name))
  );
}

/**
 * Tells whether the Host header is one of the program's own names: that of `baseUrl`, or one that only this machine
 * has. A foreign page whose name was made to resolve to this machine (DNS rebinding) counts as same-origin in a
 * browser, but sends its own name.
 */
export function asksByOwnName({ headers: { host = '' } }: Pick<Request, 'headers'>, baseUrl?: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || (baseUrl !== undefined && hostname === new URL(baseUrl).hostname);
}

/**
 * Tells whether demo accounts can be used at all: only in development, and not if the base URL is https, because then
 * there is a proxy, and not every proxy adds a header.
 */
export function demoCanBeOpen({ production, baseUrl }: Pick<HttpDeps, 'production' | 'baseUrl'>): boolean {
  return !production && new URL(baseUrl).protocol !== 'https:';
}

/**
 * Tells whether demo accounts can be used in this request: it comes from this machine, and by a name that only this
 * machine has.
 */
export function demoIsOpen(
  deps: Pick<HttpDeps, 'production' | 'baseUrl'>,
  req: Pick<Request, 'socket' | 'headers'>,
): boolean {
  return demoCanBeOpen(deps) && isFromHere(req) && asksByOwnName(req);
}
