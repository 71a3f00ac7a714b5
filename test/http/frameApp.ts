import { join } from 'node:path';
import { Writable } from 'node:stream';
import express, { type Express } from 'express';
import { pino } from 'pino';
import { errorHandler, notFound, problemPage } from '../../src/http/errors';
import { assets, assetVersion } from '../../src/http/middleware/assets';
import { sameOrigin } from '../../src/http/middleware/csrf';
import { locale } from '../../src/http/middleware/locale';
import { reportDefects, requestLog } from '../../src/http/middleware/requestLog';
import { securityHeaders } from '../../src/http/middleware/securityHeaders';
import { viewEngine } from '../../src/http/middleware/viewEngine';
import { paths } from '../../src/http/paths';
import { loadTemplates } from '../../src/presentation/templates';
import { loadTexts } from '../../src/presentation/texts';

export const VIEWS = join(__dirname, '../../views');
const texts = loadTexts(VIEWS, { production: false });
const templates = loadTemplates(VIEWS);

/** The frame around all pages, without any page: tests add the routes that they are about. */
export function frameApp(
  routes: (app: Express) => void = () => {},
  { baseUrl = 'http://localhost:3000' }: { baseUrl?: string } = {},
) {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const logger = pino({}, sink);
  let requests = 0;

  const app = express();
  viewEngine(app, templates, VIEWS);
  app.locals.assetVersion = assetVersion(VIEWS);
  app.use(requestLog({ logger, requestId: () => `request-${++requests}` }));
  app.use(securityHeaders({ baseUrl }));
  app.use(assets(VIEWS));
  app.use(locale(texts));
  app.use(sameOrigin(baseUrl));
  app.use(express.json({ limit: '1kb' }), express.urlencoded({ extended: false }));
  app.get(paths.problem, problemPage);
  routes(app);
  app.use(notFound);
  app.use(errorHandler({ texts, report: reportDefects(logger) }));
  return { app, lines };
}
