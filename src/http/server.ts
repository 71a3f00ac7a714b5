import type { RequestListener } from 'node:http';
import express from 'express';
import type { MailReader } from '../app/ports/mailReader';
import { API_ROOT, paths } from '../paths';
import type { Templates } from '../presentation/templates';
import { apiRoutes } from './api';
import type { HttpDeps } from './deps';
import { mailboxRoutes } from './dev/mailbox';
import { errorHandler, noNul, notFound, problemPage } from './errors';
import { healthRoutes } from './health';
import { formInstead, keepForms } from './keptForm';
import { answerOptions, refuseMethod } from './methods';
import { metricsRoutes } from './metrics';
import { withoutSlash } from './middleware/addresses';
import { assetRoutes, assetVersion, loadAssets } from './middleware/assets';
import { compress } from './middleware/compress';
import { sameOrigin } from './middleware/csrf';
import { locale } from './middleware/locale';
import { longForms } from './middleware/longForms';
import { noticeProxy } from './middleware/proxyNotice';
import { knowRange } from './middleware/rateLimit';
import { answerNotes, reportDefects, requestLog } from './middleware/requestLog';
import { securityHeaders } from './middleware/securityHeaders';
import { identify } from './middleware/staff';
import { takeTurns } from './middleware/turns';
import { viewEngine } from './middleware/viewEngine';
import { errorFrame } from './pages/errorFrame';
import { publicRoutes } from './public';
import { readyAnswers } from './readyAnswers';
import { staffRoutes } from './staff';

interface Frame {
  readonly templates: Templates;
  readonly viewsDir: string;
  /** The value for Express's `trust proxy`. */
  readonly trustProxy: string | number | false;
  /** The embedded mailbox, shown at `/dev/mailbox`; null if mail is really sent. */
  readonly mailReader: MailReader | null;
}

/** A topic in nine languages has some seventy; the size of the body is the bound that counts. */
const MAX_FORM_FIELDS = 1_000;

/** Builds the pipeline from top to bottom. Repeated public requests are answered before it (`readyAnswers`). */
export function server(deps: HttpDeps, { templates, viewsDir, trustProxy, mailReader }: Frame): RequestListener {
  const app = express();
  const notes = answerNotes(deps);
  const ready = readyAnswers(notes);
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  app.set('query parser', 'simple');
  viewEngine(app, templates, viewsDir);
  const assets = loadAssets(viewsDir);
  app.locals.assetVersion = assetVersion(assets);

  app.use(requestLog(notes));
  app.use(noticeProxy(deps, trustProxy));
  app.use(knowRange(deps));
  app.use(healthRoutes(deps));
  app.use(takeTurns(deps));
  app.use(securityHeaders(deps));
  app.use(metricsRoutes(deps));
  app.use(assetRoutes(assets));
  app.use(compress());
  app.use(locale(deps.texts));
  app.use(sameOrigin(deps.baseUrl));
  app.use(identify(deps));

  app.use(noNul);
  app.use(answerOptions(() => app.router));
  app.use(withoutSlash(app));
  app.use(API_ROOT, apiRoutes(deps, ready));
  app.use(paths.staffImportCsv, longForms);
  app.use(express.urlencoded({ extended: false, limit: '64kb', parameterLimit: MAX_FORM_FIELDS }));
  if (mailReader) app.use(mailboxRoutes({ mailbox: mailReader, baseUrl: deps.baseUrl }));
  app.get(paths.problem, problemPage);
  app.use(keepForms(deps));
  app.use(staffRoutes(deps));
  app.use(publicRoutes(deps));

  app.use(refuseMethod(() => app.router));
  app.use(notFound);
  app.use(formInstead);
  app.use(errorFrame(deps));
  app.use(errorHandler({ texts: deps.texts, report: reportDefects(deps.logger) }));
  return ready.before(app);
}
