import type { RequestHandler } from 'express';
import { isTyped } from '../../../domain/booking/hold';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deskIn } from '../../pages/deskPage';
import { holderOf } from './holder';

type Deps = Pick<HttpDeps, 'storage' | 'tokens' | 'baseUrl'>;

/** Adds to each page of the journey on which something was typed how another person can begin anew. */
export function offerStartAgain(deps: Deps): RequestHandler {
  return async (req, res, next) => {
    const holder = holderOf(deps, req);
    const hold = holder && (await deps.storage.bookings.findHoldOf(holder));
    if (hold && isTyped(hold.draft))
      res.locals.startAgainHref = url(paths.forget, { locale: res.locals.locale, desk: deskIn(res).id });
    next();
  };
}
