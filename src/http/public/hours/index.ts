import { Router } from 'express';
import { paths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { atDesk } from '../../pages/deskPage';
import { at } from '../../wiring';
import { embedPage } from './embed/page';
import { availabilityFeed, calendarFeed, feedPage, jsonLdFeed, osmFeed } from './feeds';
import { signPage } from './sign/page';

/** A desk's hours for everybody who keeps a copy of them: doors, websites, maps, calendars, search engines. */
export function hoursRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get(paths.hoursIcs, feedPage(deps, calendarFeed));
  router.get(paths.availability, feedPage(deps, availabilityFeed));
  router.get(paths.hoursOsm, feedPage(deps, osmFeed));
  router.get(paths.hoursJsonLd, feedPage(deps, jsonLdFeed));
  router.use(at(paths.sign, atDesk(deps), signPage(deps)));
  router.use(at(paths.embed, atDesk(deps), embedPage(deps)));
  return router;
}
