import { Writable } from 'node:stream';
import express, { type Express } from 'express';
import { pino } from 'pino';
import { VIEWS } from '../../src/compose';
import { errorHandler, notFound } from '../../src/http/errors';
import { measures } from '../../src/http/measures';
import { locale } from '../../src/http/middleware/locale';
import { answerNotes, reportDefects, requestLog } from '../../src/http/middleware/requestLog';
import { viewEngine } from '../../src/http/middleware/viewEngine';
import { loadTemplates } from '../../src/presentation/templates';
import { loadTexts } from '../../src/presentation/texts';

const texts = loadTexts(VIEWS, { production: false });
const templates = loadTemplates(VIEWS);

/**
 * What an error meets on its way out, and routes that throw it: the one thing that the real program cannot be made to do. All
 * else is tested on `testApp`.
 */
export function frameApp(routes: (app: Express) => void = () => {}) {
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
  const ids = { uuid: () => `request-${++requests}` };
  app.use(requestLog(answerNotes({ logger, ids, measures: measures(), elapsed: () => performance.now() })));
  app.use(locale(texts));
  app.use(express.json({ limit: '1kb' }));
  routes(app);
  app.use(notFound);
  app.use(errorHandler({ texts, report: reportDefects(logger) }));
  return { app, lines };
}
