import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { HttpDeps } from './deps';
import { KeptJson, stillHolds } from './keptJson';
import { routeClass } from './middleware/measureRequests';
import { loggedPath } from './middleware/requestLog';
import { commonHeaders } from './middleware/securityHeaders';

/** Gives the same answer as the pipeline would now, whatever has changed since. @throws whatever the pipeline should answer */
export type Again = () => Promise<KeptJson>;

export interface ReadyAnswers {
  /** @param url as it stands in the request line */
  keep(url: string, again: Again): void;
  /** Answers what it can, and leaves everything else to the pipeline. */
  before(pipeline: RequestListener): RequestListener;
}

/** So many addresses; whoever asks for more is answered by the pipeline. */
const MAX_READY_ANSWERS = 500;

/**
 * The way out for what is asked most: a search that the pipeline has answered before, for nobody in particular. What the pipeline does for
 * everybody is done here as well: security headers, a line in the log, the measures, the tag. What it does for some is left
 * to it: whoever sends a cookie or a token goes through it.
 */
export function readyAnswers({
  baseUrl,
  logger,
  measures,
  elapsed,
  ids,
}: Pick<HttpDeps, 'baseUrl' | 'logger' | 'measures' | 'elapsed' | 'ids'>): ReadyAnswers {
  const known = new Map<string, { readonly again: Again; readonly path: string; readonly route: string }>();
  const common = [...commonHeaders({ baseUrl }), ['Cache-Control', 'no-cache']].flat();

  function give(req: IncomingMessage, res: ServerResponse, body: KeptJson, id: string): void {
    const headers = [...common, 'X-Request-Id', id, 'ETag', body.tag];
    if (stillHolds(req.headers['if-none-match'], body.tag)) res.writeHead(304, headers).end();
    else
      res
        .writeHead(200, [...headers, 'Content-Type', KeptJson.type, 'Content-Length', String(body.bytes.length)])
        .end(body.bytes);
  }

  return {
    keep(url, again) {
      if (known.size >= MAX_READY_ANSWERS) known.clear();
      const [path = ''] = url.split('?', 1);
      known.set(url, { again, path: loggedPath(path), route: routeClass(path) });
    },
    before: (pipeline) => (req, res) => {
      const { authorization, cookie } = req.headers;
      const ready =
        req.method === 'GET' && authorization === undefined && cookie === undefined
          ? known.get(req.url ?? '')
          : undefined;
      if (!ready) return pipeline(req, res);
      const began = elapsed();
      ready.again().then(
        (body) => {
          const id = ids.uuid();
          res.once('close', () => {
            const took = elapsed() - began;
            const status = res.writableFinished ? res.statusCode : null;
            measures.answered({ method: 'GET', route: ready.route, status, seconds: took / 1000 });
            logger.info(
              { req: { id, method: 'GET', path: ready.path }, res: { status }, responseTime: Math.round(took) },
              'answered',
            );
          });
          give(req, res, body, id);
        },
        () => pipeline(req, res),
      );
    },
  };
}
