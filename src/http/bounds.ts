import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { paths } from '../paths';

/** How long the server waits for its clients, and for how many, so that who sends nothing, or slowly, keeps nobody out. */
export interface Bounds {
  /** From the first byte of a request, or the connection, to the end of its headers. */
  readonly headersMs: number;
  /** To the end of its body. */
  readonly requestMs: number;
  /** From an answer to the next request on the same connection. A proxy must let go before. */
  readonly idleMs: number;
  /** Between two looks at the clock: without it Node looks every half minute, whatever the limits are. */
  readonly lookMs: number;
  /** Open at once. */
  readonly connections: number;
}

export const BOUNDS: Bounds = {
  headersMs: 10_000,
  requestMs: 20_000,
  idleMs: 60_000,
  lookMs: 1_000,
  connections: 1_000,
};

/** So many more are told that it is full; whoever comes after them is dropped without a word. */
const TOLD = 100;
const RETRY_AFTER_S = 5;

/**
 * A server that waits no longer than its bounds: who is too slow gets 408 and is let go. When it is full, connections that wait for
 * nothing are closed; if that does not help, a new one is answered 503 with `Retry-After`, and those that were there go on. A probe
 * is answered whatever comes.
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
  http.maxConnections = bounds.connections + TOLD;
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
