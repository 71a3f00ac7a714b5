import type { RequestHandler } from 'express';
import type { Clock } from '../../app/ports/clock';
import { API_ROOT, paths } from '../../paths';
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

const CLASSES: readonly (readonly [prefix: string, route: string])[] = [
  [`${API_ROOT}/staff/`, 'api_staff'],
  ['/api/', 'api'],
  [`${paths.staff}/`, 'staff'],
  ['/b/', 'manage'],
  ['/desks/', 'feeds'],
  ['/calendars/', 'feeds'],
  ['/assets/', 'assets'],
  ['/problems/', 'problems'],
  [`${paths.mailbox}/`, 'mailbox'],
  ['/healthz/', 'probes'],
  ['/readyz/', 'probes'],
  [`${paths.metrics}/`, 'metrics'],
];

/** Which part of the program an address belongs to: one of a dozen words, whatever is asked for. */
export function routeClass(path: string): string {
  const known = CLASSES.find(([prefix]) => `${path}/`.startsWith(prefix));
  if (known) return known[1];
  return path === paths.deskList || isLocale(path.split('/')[1]) ? 'pages' : 'other';
}
