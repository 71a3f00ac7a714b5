import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { paths } from '../paths';

/**
 * How long the server waits for its clients, and how many it serves, so that clients who send slowly or nothing do not
 * shut out others.
 */
export interface Bounds {
  /** From the first byte of a request, or the opening of the connection, to the end of the headers. */
  readonly headersMs: number;
  /** To the end of the body. */
  readonly requestMs: number;
  /** From an answer to the next request on the same connection. A proxy must close its connections earlier. */
  readonly idleMs: number;
  /** The interval in which Node checks these limits; its default is half a minute, however short they are. */
  readonly lookMs: number;
  /** The number of connections that are open at the same time. */
  readonly connections: number;
}

export const BOUNDS: Bounds = {
  headersMs: 10_000,
  requestMs: 20_000,
  idleMs: 60_000,
  lookMs: 1_000,
  connections: 1_000,
};

/** The number of further connections that are answered 503; those beyond are dropped without an answer. */
const MAX_TOLD_CONNECTIONS = 100;
const RETRY_AFTER_S = 5;

/**
 * Returns a server that waits no longer than its bounds: a client that is too slow gets 408 and is disconnected. When
 * it is full, idle connections are closed; if that is not enough, a new connection is answered 503 with `Retry-After`,
 * and the existing ones continue. The liveness probe is always answered.
 */
export function boundedServer(listener: RequestListener, bounds: Bounds = BOUNDS): Server {
  const late = new WeakSet<Socket>();
  let open = 0;
  const isRefused = (socket: Socket) => open > bounds.connections && late.has(socket);
  const http = createServer(
    {
      headersTimeout: bounds.headersMs,
      requestTimeout: bounds.requestMs,
      keepAliveTimeout: bounds.idleMs,
      connectionsCheckingInterval: bounds.lookMs,
    },
    (req, res) => (isRefused(req.socket) && req.url !== paths.liveness ? refuse(res) : listener(req, res)),
  );
  http.maxConnections = bounds.connections + MAX_TOLD_CONNECTIONS;
  http.on('connection', (socket) => {
    open++;
    socket.once('close', () => open--);
    if (open <= bounds.connections) return;
    late.add(socket);
    http.closeIdleConnections();
  });
  return http;
}

function refuse(res: ServerResponse): void {
  res.writeHead(503, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': String(RETRY_AFTER_S),
    Connection: 'close',
  });
  res.end(
    'Gerade kommen zu viele auf einmal. Bitte gleich noch einmal versuchen.\nToo many at once. Please try again in a moment.\n',
  );
}
