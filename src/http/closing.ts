import type { Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';

/** Connections without a request stay so long: those of a busy proxy are used meanwhile, and end with an answer. */
const LINGER_MS = 1_000;
const GLANCE_MS = 100;

/** Ends the server, see `closing`. @returns when the last connection is gone */
export type Close = (graceMs: number) => Promise<void>;

/**
 * Lets a server end without breaking off a request: it takes no new connection, answers what is under way or comes on those that are
 * open, and says in these answers that the connection is over (RFC 9112 §9.6). Without that, clients who are never silent
 * would keep theirs to the end. Only then the silent ones are dropped: a proxy may just be sending a request on one, and may not
 * send it elsewhere. What is not answered after `graceMs` is broken off.
 *
 * @param http before it listens
 */
export function closing(http: Server): Close {
  const underWay = new Set<ServerResponse>();
  const unused = new Set<Socket>();
  let over = false;
  http.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  http.prependListener('request', (req, res: ServerResponse) => {
    unused.delete(req.socket);
    if (over) return sayFarewell(res);
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
  });

  return async (graceMs) => {
    over = true;
    underWay.forEach(sayFarewell);
    // Not the server's own `close`: that drops the silent ones at once.
    const closed = new Promise((done) => Listener.prototype.close.call(http, done));
    let glances: NodeJS.Timeout | undefined;
    const lingered = setTimeout(() => {
      for (const socket of unused) socket.destroy();
      glances = setInterval(() => http.closeIdleConnections(), GLANCE_MS);
    }, LINGER_MS);
    const brokenOff = setTimeout(() => http.closeAllConnections(), graceMs);
    await closed;
    for (const timer of [lingered, glances, brokenOff]) clearTimeout(timer);
  };
}

function sayFarewell(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}
