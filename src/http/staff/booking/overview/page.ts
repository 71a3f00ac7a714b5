import { Router } from 'express';
import { paths } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { enterBooking } from '../../desk';
import { queryOf } from '../../forms';
import { showBooking } from '../showBooking';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

const DONE = [
  ...['moved', 'exchanged', 'cancelled', 'restored'],
  ...['checked_in', 'check_in_undone', 'completed', 'no_show', 'reopened'],
  'video_link_changed',
];
/** Shows everything about one booking, and the actions that are possible now. */
export function bookingRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.staffBooking, async (req, res) => {
    const { booking, desk } = await enterBooking(deps, res, String(req.params.id));
    const { done, others } = queryOf(req);
    await showBooking(deps, res, {
      booking,
      desk,
      done: DONE.find((each) => each === done),
      others: others?.split(','),
    });
  });
  return router;
}
