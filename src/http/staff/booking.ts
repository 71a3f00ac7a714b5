import { type Response, Router } from 'express';
import type { Booking } from '../../domain/booking/booking';
import { localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import type { HttpDeps } from '../deps';
import { paths } from '../paths';
import { bookingView } from './bookingView';
import { loadDay } from './day';
import { queryOf } from './form';
import { enterBooking, signedIn } from './page';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

const DONE = [
  ...['moved', 'cancelled', 'restored'],
  ...['checked_in', 'check_in_undone', 'completed', 'no_show', 'reopened'],
];
/** Those of them that one press takes back. */
const UNDOABLE = ['cancelled', 'checked_in', 'completed', 'no_show'];

/** One booking: everything about it, and what can be done with it now. */
export function bookingRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.staffBooking, async (req, res) => {
    const { booking, desk } = await enterBooking(deps, res, String(req.params.id));
    const { done } = queryOf(req);
    await showBooking(deps, res, { booking, desk, done: DONE.find((each) => each === done) });
  });
  return router;
}

/** What just happened, or why it did not. */
interface Outcome {
  readonly done?: string | undefined;
  readonly refusal?: { readonly status: number; readonly text: string };
}

/** The booking as it stands now, with what happened. */
export async function showBooking(
  { storage, now }: Deps,
  res: Response,
  { booking, desk, done, refusal }: { booking: Booking; desk: Desk } & Outcome,
): Promise<void> {
  const at = now();
  const date = localDate(booking.time.start, desk.hours.timeZone);
  const { advisors } = await loadDay({ storage }, { desk, date, now: at, ownAdvisorId: null });
  const planned = advisors.flatMap(({ bookings }) => bookings).find((each) => each.booking.id === booking.id);
  const view = bookingView(
    {
      desk,
      booking,
      needsSomebody: planned?.needsSomebody ?? false,
      history: await storage.bookings.history(booking.id),
      mails: await storage.outbox.ofBooking(booking.id),
      staff: signedIn(res),
      now: at,
    },
    res.locals,
  );
  const isUndoable = done !== undefined && UNDOABLE.includes(done);
  const undo = done === 'moved' ? view.actions?.moveBack : isUndoable ? view.actions?.back : undefined;
  res.status(refusal?.status ?? 200).render('pages/staff/booking', {
    ...view,
    done: done && res.locals.t(`staff.done.${done}`),
    // What was just done is taken back where it is said; else beside the other actions.
    undo,
    back: isUndoable ? undefined : view.actions?.back,
    refusal: refusal?.text,
  });
}
