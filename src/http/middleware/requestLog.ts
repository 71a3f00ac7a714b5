import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Clock } from '../../app/ports/clock';
import type { Ids } from '../../app/ports/ids';
import { type Area, areaOf, isKeyBehind } from '../../areas';
import { isRefusal } from '../../domain/errors';
import { EVENT_STREAM } from '../eventStreams';
import type { Measures } from '../measures';
import { countedMethod, routeClass } from './routeClass';

declare global {
  namespace Express {
    interface Locals {
      /** Identifies the request in the log, in the header X-Request-Id and on the page that reports a defect. */
      requestId: string;
    }
  }
}

/** Probes come every few seconds and tell nothing, and a page requests a dozen assets. */
const UNLOGGED: readonly Area[] = ['probe', 'metrics', 'asset'];

/** Names, logs and counts answers, from the pipeline and from what stands before it. */
export interface AnswerNotes {
  /** Returns a new id. Ids from outside are never used, because they could imitate those of others. */
  newId(): string;
  /**
   * Counts the request once, when its answer is sent or its client has disconnected, and logs one JSON line: id,
   * method, path, status, duration. It contains no personal data: no query, body, header or address, and no path
   * segment that could be a secret (ASVS 16.2.5).
   *
   * @param url as in the request line
   * @param began in milliseconds by `elapsed`
   */
  note(req: IncomingMessage, res: ServerResponse, about: { id: string; url: string; began: number }): void;
  elapsed(): number;
}

export function answerNotes({ logger, measures, elapsed, ids }: Deps): AnswerNotes {
  return {
    newId: () => ids.uuid(),
    elapsed,
    note({ method = '' }, res, { id, url, began }) {
      const path = url.split(/[?#]/, 1)[0] ?? '';
      const isLogged = !UNLOGGED.includes(areaOf(url));
      res.once('close', () => {
        const took = elapsed() - began;
        const { statusCode } = res;
        // A stream is over when its reader has gone, so it was not broken off.
        const isStream = String(res.getHeader('content-type')).startsWith(EVENT_STREAM);
        const status = res.writableFinished || isStream ? statusCode : null;
        const seconds = isStream ? null : took / 1000;
        measures.answered({ method: countedMethod(method), route: routeClass(path), status, seconds });
        if (!isLogged) return;
        const line = {
          req: { id, method, path: loggedPath(path) },
          res: { status: statusCode },
          responseTime: Math.round(took),
        };
        if (statusCode >= 500) logger.error(line, 'answered');
        else logger.info(line, 'answered');
      });
    },
  };
}

interface Deps {
  readonly logger: Logger;
  readonly measures: Pick<Measures, 'answered'>;
  /** A monotonic clock in milliseconds. */
  readonly elapsed: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
}

/** The first middleware: gives each answer its id and notes it. */
export function requestLog({ newId, note, elapsed }: AnswerNotes): RequestHandler {
  return (req, res, next) => {
    const id = newId();
    res.locals.requestId = id;
    res.setHeader('X-Request-Id', id);
    note(req, res, { id, url: req.originalUrl, began: elapsed() });
    next();
  };
}

/**
 * Logs a defect, or that the database is away, with the error, its place in the code and the request id; mail addresses
 * in messages are blanked.
 */
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

/** Longer than any word of a path; longer segments are tokens and ids. */
const MAX_WORD_LENGTH = 30;

/** Returns the path for the log: without query, and with secrets and ids blanked. */
export function loggedPath(url: string): string {
  const segments = (url.split(/[?#]/, 1)[0] ?? '').split('/');
  return segments
    .map((segment, i) =>
      segment.length > MAX_WORD_LENGTH || (segment && isKeyBehind(segments.slice(0, i).join('/'))) ? '***' : segment,
    )
    .join('/');
}
