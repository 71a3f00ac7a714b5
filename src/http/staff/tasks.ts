import { Router } from 'express';
import { DomainError } from '../../domain/errors';
import { mayChangeBooking } from '../../domain/staff/roles';
import { reachOf } from '../../presentation/reach';
import type { HttpDeps } from '../deps';
import { requireCsrfToken } from '../middleware/csrf';
import { paths, url } from '../paths';
import { bodyOf, queryOf } from './form';
import { bookingLine } from './line';
import { enterDesk, signedIn } from './page';
import { wordsOf } from './words';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** What reception has to do because the program cannot: phone a client whose mail was refused, move a booking that hours were changed over. */
export function taskRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.staffTasks, async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'tasks');
    const words = wordsOf(desk, res.locals);
    const open = await openTasks(deps, desk.id);
    const { paused } = await deps.storage.outbox.state(deps.now());
    res.render('pages/staff/tasks', {
      title: res.locals.t('staff.tasks.title'),
      action: url(paths.staffTasks, { desk: desk.id }),
      done: queryOf(req).done && res.locals.t('staff.tasks.finished'),
      mailsHeldSince: paused && words.time.dateAndTime(paused.since),
      tasks: open.map(({ task, booking }) => ({
        ...bookingLine(booking, desk, { words }),
        id: task.id,
        text: res.locals.t(`staff.tasks.${task.kind}`),
        since: words.time.dateAndTime(task.createdAt),
        ...reachOf(booking.client),
        consultation: words.language(booking.language),
        mayFinish: mayChangeBooking(signedIn(res), booking),
        moveHref: task.kind === 'outside_hours' && url(paths.staffMove, { id: booking.id }),
      })),
      styles: ['/assets/staff.css'],
    });
  });

  router.post(paths.staffTasks, requireCsrfToken, async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'tasks');
    const id = bodyOf(req).task ?? '';
    const found = (await openTasks(deps, desk.id)).find(({ task }) => task.id === id);
    if (found && !mayChangeBooking(signedIn(res), found.booking)) throw new DomainError('forbidden');
    if (found) await deps.app.finishTask({ deskId: desk.id, id, by: signedIn(res).name });
    res.redirect(303, url(paths.staffTasks, { desk: desk.id }, { done: 'yes' }));
  });
  return router;
}

async function openTasks({ storage }: Pick<Deps, 'storage'>, deskId: string) {
  const tasks = await storage.tasks.open(deskId);
  const found = await Promise.all(
    tasks.map(async (task) => ({ task, booking: await storage.bookings.find(task.bookingId) })),
  );
  return found.flatMap(({ task, booking }) => (booking ? [{ task, booking }] : []));
}
