import { readVideoLink } from '../../../../fields/videoLink';
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
 * The guard of the form for a video link, which stands on the booking's page: whoever opens its address without
 * something typed belongs there.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function videoLinkToChange(deps: Pick<Deps, 'storage'>): Guard<BookingAtDesk> {
  const toChange = bookingToChange(deps);
  return (req, res) =>
    req.method === 'POST' || bodyOf(req).videoLink !== undefined
      ? toChange(req, res)
      : new Elsewhere(url(paths.staffBooking, { id: String(req.params.id) }));
}

/** Sets the link of a video consultation, which is typed on the booking's page; an empty field removes it. */
export function videoLinkPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      await showBooking(deps, res, { booking, desk, typedVideoLink: bodyOf(req).videoLink ?? '' });
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const typed = fields.videoLink ?? '';
      const videoLink = typed === '' ? null : readVideoLink(typed);
      if (videoLink === undefined) return showBooking(deps, res, { booking, desk, wrongVideoLink: typed });
      try {
        const who = signedIn(res);
        const ifVersion = versionOf(fields);
        await deed(res, () => deps.app.changeVideoLink({ bookingId: booking.id, videoLink, who, ifVersion }));
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'video_link_changed' }));
      } catch (error) {
        await showRefused(deps, res, { error, refusal: refusalOf(error, res.locals.t), booking, desk });
      }
    },
  };
}
