import express, { type RequestHandler, Router } from 'express';
import { DomainError } from '../../domain/errors';
import { API_ROOT, apiPaths } from '../../paths';
import type { HttpDeps } from '../deps';
import { notFound } from '../errors';
import { answerOptions, refuseMethod } from '../methods';
import { requireStaff } from '../middleware/staff';
import type { ReadyAnswers } from '../readyAnswers';
import { mount, type Operation, open } from './operation';
import { operations } from './operations';
import { onlyJson, showAlternatives } from './problems';

const MAX_BODY_SIZE = '64kb';
/** All texts of a desk in all languages, twice. */
const MAX_CSV_SIZE = '1mb';

/**
 * The JSON API, to be mounted at `API_ROOT` after `identify` and `sameOrigin`. It answers everything below that path:
 * an unknown address with 404, a known address with another method with 405.
 */
export function apiRoutes(deps: HttpDeps, ready: ReadyAnswers): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const all = operations(deps);

  router.use(exactRoot);
  router.use(answerOptions(() => router));
  router.use(apiPaths.staff, requireStaff);
  // `null` is no object, and taken here only.
  const withNull = express.json({ limit: MAX_BODY_SIZE, strict: false });
  router.put(apiPaths.staffBusyCalendar.replace('{advisor}', ':advisor'), onlyJson, withNull);
  router.use(onlyJson, express.json({ limit: MAX_BODY_SIZE }));
  router.use(apiPaths.staff, express.text({ type: 'text/csv', limit: MAX_CSV_SIZE }));
  for (const operation of all) mount(router, ready, operation);
  mount(router, ready, describing(all));
  router.use(refuseMethod(() => router));
  router.use(notFound);
  router.use(showAlternatives);
  return router;
}

/** Express matches the mount path in any case; logs, caches and errors know the API only by its exact address. */
const exactRoot: RequestHandler = (req, _res, next) =>
  next(req.baseUrl === API_ROOT ? undefined : new DomainError('not-found'));

/**
 * Answers the OpenAPI document, which does not describe itself. It is created at the first request, because that takes
 * long, and so does loading what creates it.
 */
function describing(all: readonly Operation[]) {
  let document: object | undefined;
  return open(
    {
      method: 'get',
      path: apiPaths.description,
      id: 'readDescription',
      summary: 'This document',
      shared: true,
      answer: { status: 200, description: 'OpenAPI 3.1' },
    },
    async () => {
      const { openApiDocument } = require('./openapi') as typeof import('./openapi');
      document ??= openApiDocument(all);
      return { body: document };
    },
  );
}
