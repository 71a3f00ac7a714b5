import type { Server, ServerResponse } from 'node:http';

/** Ends the server, see `closing`. @returns when the last connection is gone */
export type Close = (graceMs: number) => Promise<void>;

/**
 * Lets a server end without breaking off a request: it takes no new connection, answers what is under way, and says in these answers
 * that the connection is over (RFC 9112 §9.6). Without that, clients who are never silent would keep theirs to the end. What
 * is not answered after `graceMs` is broken off.
 *
 * @param http before it listens
 */
export function closing(http: Server): Close {
  const underWay = new Set<ServerResponse>();
  let over = false;
  http.prependListener('request', (_req, res: ServerResponse) => {
    if (over) return sayFarewell(res);
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
  });

  return async (graceMs) => {
    over = true;
    underWay.forEach(sayFarewell);
    const closed = new Promise((done) => http.close(done));
    http.closeIdleConnections();
    setTimeout(() => http.closeAllConnections(), graceMs).unref();
    await closed;
  };
}

function sayFarewell(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}
