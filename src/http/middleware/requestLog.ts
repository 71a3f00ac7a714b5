import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { isRefusal } from '../../domain/errors';
import { type Area, areaOf, isKeyBehind } from '../../paths';

declare global {
  namespace Express {
    interface Locals {
      /** Names this request in the log, in the header X-Request-Id and on the page that reports a defect. */
      requestId: string;
    }
  }
}

interface Deps {
  logger: Logger;
  /** A fresh id; never one from outside, which could forge lines of others. */
  requestId: () => string;
}

/** Probes come every few seconds and say nothing, and a page brings a dozen assets. */
const UNLOGGED: readonly Area[] = ['probe', 'metrics', 'asset'];

/**
 * One JSON line per answer: id, method, path, status, duration. Nothing of a person: no query, no body, no header, no address,
 * and no path segment that could be a secret (ASVS 16.2.5).
 */
export function requestLog({ logger, requestId }: Deps): RequestHandler {
  const log = pinoHttp<IncomingMessage, ServerResponse>({
    logger,
    genReqId: (_req, res) => {
      const id = requestId();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    wrapSerializers: false,
    serializers: {
      req: (req: IncomingMessage) => ({ id: req.id, method: req.method, path: loggedPath(urlOf(req)) }),
      res: (res: ServerResponse) => ({ status: res.statusCode }),
      err: () => undefined,
    },
    autoLogging: { ignore: (req) => UNLOGGED.includes(areaOf(urlOf(req))) },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
  });
  return (req, res, next) => {
    log(req, res);
    res.locals.requestId = String(req.id);
    next();
  };
}

/** Writes down that the database is away, or a defect: what and where in the code, for which request; mail addresses in messages are blanked. */
export function reportDefects(logger: Logger): (error: unknown, requestId: string | undefined) => void {
  return (error, requestId) => {
    if (isRefusal(error, 'unavailable')) {
      logger.warn({ requestId, database: error.details.database }, 'database unavailable');
      return;
    }
    const { name, stack } = error instanceof Error ? error : new Error(`thrown: ${typeof error}`);
    logger.error({ requestId, error: { name, stack: stack?.replace(/[^\s<>"'(]+@[^\s<>"')]+/g, '***') } }, 'defect');
  };
}

/** Longer than any word of a path: what is left are tokens and ids. */
const MAX_WORD_LENGTH = 30;

/** The path as the log may know it: without query, secrets and ids blanked. */
export function loggedPath(url: string): string {
  const segments = (url.split(/[?#]/, 1)[0] ?? '').split('/');
  return segments
    .map((segment, i) =>
      segment.length > MAX_WORD_LENGTH || (segment && isKeyBehind(segments.slice(0, i).join('/'))) ? '***' : segment,
    )
    .join('/');
}

function urlOf(req: IncomingMessage & { originalUrl?: string }): string {
  return req.originalUrl ?? req.url ?? '';
}
