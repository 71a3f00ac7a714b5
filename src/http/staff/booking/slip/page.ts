import type { Response } from 'express';
import { mayPrintLink } from '../../../../domain/booking/booking';
import { mayServeBooking } from '../../../../domain/staff/rights';
import { absolute, paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, keyOf, queryOf } from '../../forms';
import { showRefused } from '../overview/showBooking';
import { refusalOf } from '../refusal';
import { slipView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'texts' | 'ids' | 'tokens' | 'baseUrl'>;

/** The sheet for the client, without the manage link. */
export function slipPage(deps: Deps): Page<BookingAtDesk> {
  return {
    get({ booking, desk }, req, res) {
      show(deps, res, { booking, desk, isNew: queryOf(req).new !== undefined });
    },
  };
}

/**
 * The sheet with the manage link, for those who may change the booking and ask for it by a form, because the link is
 * the client's secret; the history records who printed it.
 */
export function slipWithLinkPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async post({ booking, desk }, req, res) {
      const idempotency = keyOf(deps, res, { what: `print link ${booking.id}`, fields: bodyOf(req) });
      try {
        const who = signedIn(res);
        await deed(
          res,
          async () => void (await deps.app.printManageLink({ bookingId: booking.id, who, idempotency })),
          undefined,
        );
        const manageUrl = absolute(deps.baseUrl, url(paths.manage, { token: deps.tokens.tokenFor(booking.id) }));
        show(deps, res, { booking, desk, isNew: false, manageUrl });
      } catch (error) {
        await showRefused(deps, res, { error, refusal: refusalOf(error, res.locals.t), booking, desk });
      }
    },
  };
}

function show(
  { texts, ids, now }: Deps,
  res: Response,
  slip: BookingAtDesk & { isNew: boolean; manageUrl?: string },
): void {
  const { booking, manageUrl } = slip;
  const mayPrint = !manageUrl && mayServeBooking(signedIn(res), booking) && mayPrintLink(booking, now());
  const view = slipView({ ...slip, linkKey: mayPrint ? ids.uuid() : null }, res.locals, texts);
  res.render('pages/staff/booking/slip', view);
}
