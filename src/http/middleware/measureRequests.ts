import type { RequestHandler } from 'express';
import type { Clock } from '../../app/ports/clock';
import { type Area, apiPaths, apiUrl, areaOf, isBelow, paths } from '../../paths';
import { isLocale } from '../../presentation/texts';
import type { Measures } from '../measures';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** Counts each request once, when its answer is out or its client gone. @param elapsed milliseconds that only rise */
export function measureRequests(measures: Pick<Measures, 'answered'>, elapsed: Clock): RequestHandler {
  return (req, res, next) => {
    const began = elapsed();
    const route = routeClass(req.path);
    const method = METHODS.has(req.method) ? req.method : 'other';
    res.once('close', () => {
      const status = res.writableFinished ? res.statusCode : null;
      measures.answered({ method, route, status, seconds: (elapsed() - began) / 1000 });
    });
    next();
  };
}

const CLASSES: Record<Exclude<Area, 'page'>, string> = {
  api: 'api',
  staff: 'staff',
  manage: 'manage',
  asset: 'assets',
  problem: 'problems',
  mailbox: 'mailbox',
  probe: 'probes',
  metrics: 'metrics',
};

/** Which part of the program an address belongs to: one of a dozen words, whatever is asked for. */
export function routeClass(path: string): string {
  const area = areaOf(path);
  if (area === 'page') return path === paths.deskList || isLocale(path.split('/')[1]) ? 'pages' : 'other';
  return isBelow(path, apiUrl(apiPaths.staff)) ? 'api_staff' : CLASSES[area];
}
