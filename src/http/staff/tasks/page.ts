import { type OpenTask, openTasks } from '../../../app/staff/openTasks';
import { whyOutside } from '../../../app/staff/whyOutside';
import { waitingTasks } from '../../../app/waiting/waitingTasks';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import type { BounceReason } from '../../../domain/notifications/bounceReasons';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, queryOf } from '../forms';
import { tasksView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/**
 * Lists the tasks that the program cannot do itself: phone a client whose mail was refused, move a booking that lies
 * outside the changed hours, add the link of a video consultation, open more starts, phone somebody who waits.
 */
export function tasksPage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const now = deps.now();
      const open = await openTasks(deps.storage, desk, now);
      const why = await whyOutside(deps.storage, desk, open);
      const plans = why.size > 0 ? await deps.storage.plans.committed(desk.id) : [];
      const bounces = await bounceReasons(deps, open);
      const { paused } = await deps.storage.outbox.state(now);
      const mailsHeldSince = paused ? paused.since : null;
      const isFinished = Boolean(queryOf(req).done);
      const staff = signedIn(res);
      const waiting = await waitingTasks(deps.storage, desk, { who: staff, now });
      const starts = await deps.storage.openStarts.open(desk.id);
      const view = tasksView(
        { desk, open, waiting, starts, why, plans, bounces, mailsHeldSince, isFinished, staff, now },
        res.locals,
      );
      res.render('pages/staff/tasks', view);
    },

    async post(desk, req, res) {
      const id = bodyOf(req).task ?? '';
      await deps.app.finishTask({ who: signedIn(res), deskId: desk.id, id });
      res.redirect(303, url(paths.staffTasks, { desk: desk.id }, { done: 'yes' }));
    },
  };
}

/** Returns why the last mail to the client did not arrive, for the bookings whose client is to be phoned because of it. */
async function bounceReasons(
  { storage }: Pick<Deps, 'storage'>,
  tasks: readonly OpenTask[],
): Promise<ReadonlyMap<Booking, BounceReason>> {
  const found = new Map<Booking, BounceReason>();
  for (const { booking } of tasks.filter(({ kind }) => kind === 'mail_failed')) {
    const mails = await storage.outbox.ofBooking(booking.id);
    const last = mails.findLast(({ recipient, bounced }) => recipient === 'client' && bounced?.action === 'failed');
    if (last?.bounced) found.set(booking, last.bounced.reason);
  }
  return found;
}
