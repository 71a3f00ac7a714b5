import { addressKey, readAddress } from '../../../../fields/mailAddress';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { type BookingAtDesk, bookingToChange, signedIn } from '../../desk';
import { bodyOf, versionOf } from '../../forms';
import { showBooking, showRefused } from '../overview/showBooking';
import { refusalOf } from '../refusal';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/**
 * The guard of the form that sends the invitation again, which stands on the booking's page: whoever opens its address
 * without something typed belongs there.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function bookingToSendAgain(deps: Pick<Deps, 'storage'>): Guard<BookingAtDesk> {
  const toChange = bookingToChange(deps);
  return (req, res) =>
    req.method === 'POST' || bodyOf(req).email !== undefined
      ? toChange(req, res)
      : new Elsewhere(url(paths.staffBooking, { id: String(req.params.id) }));
}

/** Sends the client the invitation again, or for the first time to the address that they told on the phone. */
export function sendAgainPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      await showBooking(deps, res, { booking, desk, typedAddress: { email: bodyOf(req).email ?? '', isWrong: false } });
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const typed = fields.email ?? '';
      const email = readAddress(typed);
      if (!email) return showBooking(deps, res, { booking, desk, typedAddress: { email: typed, isWrong: true } });
      try {
        const request = { bookingId: booking.id, who: signedIn(res), ifVersion: versionOf(fields) };
        const isSame = booking.client.email !== null && addressKey(booking.client.email) === addressKey(email);
        // A corrected address gets the invitation by the correction itself.
        await deed(res, async () =>
          isSame
            ? deps.app.sendInvitationAgain(request)
            : deps.app.correctBooking({ ...request, correction: { client: { email } } }),
        );
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'sent_again' }));
      } catch (error) {
        await showRefused(deps, res, { error, refusal: refusalOf(error, res.locals.t), booking, desk });
      }
    },
  };
}
