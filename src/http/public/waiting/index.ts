import { type Request, type Response, Router } from 'express';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { paths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { bySecret } from '../../middleware/rateLimit';
import { noStore } from '../../middleware/securityHeaders';
import { standInFrame } from '../../pages/deskPage';
import { at, type Guard } from '../../wiring';
import { screenPage } from './screen/page';
import { speakTo, ticketPage } from './ticket/page';
import { openedEntry, speakToWaiter } from './waitingStatus/openedEntry';
import {
  acceptOfferPage,
  forgetWaitingPage,
  leaveWaitingListPage,
  passOfferPage,
  stayOnWaitingListPage,
  waitingStatusPage,
} from './waitingStatus/page';

/** The pages about who waits: the ticket on a phone, and the screen in the room. Knowing the address is the permission. */
export function waitingRoutes(deps: HttpDeps): Router {
  const { app } = deps;
  const router = Router();
  router.use([paths.ticket, paths.screen, paths.waitingStatus], noStore);
  const ticket = behindSecret(deps, (req) => app.readTicket(String(req.params.token)), speakTo(deps));
  const screen = behindSecret(deps, (req) => app.readScreen(String(req.params.screenToken)));
  router.use(at(paths.ticket, ticket, ticketPage(deps)));
  router.use(at(paths.screen, screen, screenPage()));
  const opened = behindSecret(deps, (req) => openedEntry(deps, req), speakToWaiter(deps));
  router.use(at(paths.waitingStatus, opened, waitingStatusPage(deps)));
  router.use(at(paths.acceptOffer, opened, acceptOfferPage(deps)));
  router.use(at(paths.passOffer, opened, passOfferPage(deps)));
  router.use(at(paths.leaveWaitingList, opened, leaveWaitingListPage(deps)));
  router.use(at(paths.stayOnWaitingList, opened, stayOnWaitingListPage(deps)));
  router.use(at(paths.forgetWaiting, opened, forgetWaitingPage(deps)));
  return router;
}

/** The guard of a page behind a secret; all wrong ones get the same answer. @param before called with what was found */
function behindSecret<Found extends { readonly desk: Desk }>(
  deps: HttpDeps,
  find: (req: Request) => Promise<Found | undefined>,
  before: (found: Found, req: Request, res: Response) => void = () => {},
): Guard<Found> {
  return async (req, res) => {
    const found = await bySecret(deps, res, () => find(req));
    if (!found) throw new DomainError('not-found');
    before(found, req, res);
    standInFrame(res, found.desk);
    return found;
  };
}
