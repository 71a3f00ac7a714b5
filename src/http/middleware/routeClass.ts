import { type Area, areaOf, isBelow } from '../../areas';
import { apiPaths, apiUrl, paths } from '../../paths';
import { isPageLocale } from '../../presentation/texts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** Returns the method for metrics: one of a few words, whatever is sent. */
export function countedMethod(method: string): string {
  return METHODS.has(method) ? method : 'other';
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

/**
 * Returns the part of the program that an address belongs to, for metrics: one of a dozen words, whatever is requested.
 */
export function routeClass(path: string): string {
  const area = areaOf(path);
  if (area === 'page') return path === paths.deskList || isPageLocale(path.split('/')[1]) ? 'pages' : 'other';
  return isBelow(path, apiUrl(apiPaths.staff)) ? 'api_staff' : CLASSES[area];
}
