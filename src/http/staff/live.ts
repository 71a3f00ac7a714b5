import { positionNow } from '../../app/live/watchDesks';
import type { Desk } from '../../domain/desk';
import { apiPaths, apiUrl } from '../../paths';
import type { HttpDeps } from '../deps';
import { Elsewhere, type Guard } from '../wiring';
import type { BookingAtDesk, OwnAdvisor } from './desk';

/**
 * Wraps the guard of a page that hears of changes at its desk. `layouts/staff` prints what `staffLive.js` needs for
 * that, and without JavaScript nothing is different.
 *
 * The guard runs twice, before and after the position is read: what the page is about must be read after the position,
 * so that no change is missed between, and only the guard knows the desk.
 */
export function live<Given extends Desk | BookingAtDesk | OwnAdvisor>(
  { storage, now }: Pick<HttpDeps, 'storage' | 'now'>,
  guard: Guard<Given>,
): Guard<Given> {
  return async (req, res) => {
    const first = await guard(req, res);
    if (req.method !== 'GET' || first instanceof Elsewhere) return first;
    const { id, hours }: Desk = 'desk' in first ? first.desk : first;
    res.locals.live = {
      href: apiUrl(apiPaths.staffEvents, { desk: id }),
      after: await positionNow(storage, id),
      now: now(),
      zone: hours.timeZone,
    };
    return guard(req, res);
  };
}
