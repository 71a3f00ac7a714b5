import type { RequestHandler } from 'express';
import type { HttpDeps } from '../deps';

/**
 * Begins one request per turn of the event loop, in the order of arrival, also counting long computations that
 * continue. It applies to everything after it in the pipeline.
 *
 * Node accepts one new connection per turn, after it has handled everything that arrived on the others (libuv's
 * uv__server_io). On SQLite a request is answered without a pause, so a turn would last for as many answers as there
 * are busy connections, and a newcomer behind n others would wait for n²/2 answers: with 50 clients at a restart for a
 * minute, and monitoring would take the program for dead.
 */
export function takeTurns({ turn }: Pick<HttpDeps, 'turn'>): RequestHandler {
  return async (_req, _res, next) => {
    await turn();
    next();
  };
}
