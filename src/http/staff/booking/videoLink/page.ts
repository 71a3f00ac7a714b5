import { Router } from 'express';
import { readVideoLink } from '../../../../fields/videoLink';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { enterToChange, signedIn } from '../../desk';
import { bodyOf, versionOf } from '../../forms';
import { refusalOf, showRefused } from '../refusal';
import { showBooking } from '../showBooking';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/**
 * Sets the link of a video consultation, which is typed on the booking's page; an empty field removes it. A GET of the
 * address leads to the booking.
 */
export function videoLinkRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.staffVideoLink, async (req, res) => {
    const { videoLink } = bodyOf(req);
    if (videoLink === undefined) return res.redirect(303, url(paths.staffBooking, { id: String(req.params.id) }));
    const { booking, desk } = await enterToChange(deps, res, String(req.params.id));
    await showBooking(deps, res, { booking, desk, typedVideoLink: videoLink });
  });

  router.post(paths.staffVideoLink, async (req, res) => {
    const { booking, desk } = await enterToChange(deps, res, String(req.params.id));
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
  });
  return router;
}
