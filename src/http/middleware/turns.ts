import type { RequestHandler } from 'express';
import type { HttpDeps } from '../deps';

/**
 * Begins one request in each turn of the event loop, first come, first served, together with those who go on thinking. For all that stands
 * behind it in the pipeline.
 *
 * Node takes one new connection a turn, after it has dealt with everything that came on the others (libuv's uv__server_io). On SQLite a
 * request is answered in one go, so a turn would be as many answers long as there are busy connections, and a newcomer behind n others
 * would wait for n²/2 answers: with 50 bookers at a restart, for a minute, and whoever watches the program would take it for dead.
 */
export function takeTurns({ turn }: Pick<HttpDeps, 'turn'>): RequestHandler {
  return async (_req, _res, next) => {
    await turn();
    next();
  };
}
