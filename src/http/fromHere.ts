import type { Request } from 'express';
import type { HttpDeps } from './deps';

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
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const loopback = peer === '::1' || /^127\./.test(peer);
  return loopback && !Object.keys(headers).some((name) => name.startsWith('x-forwarded') || OF_PROXIES.includes(name));
}

/** Whether a host, as URLs write it, is a name of this very machine: then no other one is meant by it. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

/**
 * Whether demo accounts may be used by whoever sent this request: only for development, and only on this machine. Where the outside is https, a
 * proxy stands in front, and not every one says so; nor does one that passes on the name by which the outside knows this machine.
 */
export function demoIsOpen(
  { production, baseUrl }: Pick<HttpDeps, 'production' | 'baseUrl'>,
  req: Pick<Request, 'socket' | 'headers'>,
): boolean {
  if (production || new URL(baseUrl).protocol === 'https:' || !isFromHere(req)) return false;
  const asked = `http://${req.headers.host ?? ''}`;
  return URL.canParse(asked) && isLoopbackHost(new URL(asked).hostname);
}
