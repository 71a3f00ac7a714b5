import type { Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';

/**
 * How long connections without a request stay open. A busy proxy uses its connections within this time, so they end
 * with an answer.
 */
const LINGER_MS = 1_000;
const GLANCE_MS = 100;

/** Stops the server, see `closing`. @returns when the last connection is closed */
export type Close = (graceMs: number) => Promise<void>;

/**
 * Lets a server stop without breaking off a request. It accepts no new connection, answers requests that are in
 * progress or arrive on open connections, and closes each connection with its answer (RFC 9112 §9.6); otherwise clients
 * that send without a pause would keep theirs to the end. Connections without a request are dropped only after
 * `LINGER_MS`, because a proxy may just be sending a request on one, which it may not send elsewhere. Requests that are
 * not answered after `graceMs` are broken off.
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
    // The server's own `close` would drop the silent connections at once.
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
