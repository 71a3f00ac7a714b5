import { type Response, Router } from 'express';
import type { Alternatives } from '../../app/booking/alternatives';
import type { Desk } from '../../domain/desk';
import { DomainError, isRefusal } from '../../domain/errors';
import type { HttpDeps } from '../deps';
import { requireCsrfToken } from '../middleware/csrf';
import { paths, url } from '../paths';
import { refusalOf } from './attendance';
import { showBooking } from './booking';
import { refusalToChange } from './cancel';
import { bodyOf, type Fields, instantOrNull, keyOf, queryOf, versionOf } from './form';
import { mayMoveTo, showMove } from './movePage';
import { actorOf, enterToChange } from './page';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** Move a booking: choose a day and perhaps a person, then one of the free times. The client is told by mail. */
export function moveRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.staffMove, async (req, res) => {
    const { booking, desk } = await enterToChange(deps, res, String(req.params.id));
    const refusal = refusalToChange(deps, res, booking);
    if (refusal) return showBooking(deps, res, { booking, desk, refusal });
    await showMove(deps, res, { booking, desk, fields: queryOf(req) });
  });

  router.post(paths.staffMove, requireCsrfToken, async (req, res) => {
    const { booking, desk } = await enterToChange(deps, res, String(req.params.id));
    const fields = bodyOf(req);
    const start = instantOrNull(fields.start);
    const advisorId = fields.advisor || undefined;
    if (!mayMoveTo(res, booking, advisorId)) throw new DomainError('forbidden');
    if (start === null) {
      const errors = [{ href: '#start', text: res.locals.t('staff.times.choose') }];
      return showMove(deps, res, { booking, desk, fields, status: 422, errors });
    }
    try {
      const idempotency = keyOf(deps, res, { what: `move ${booking.id}`, fields });
      const ifVersion = versionOf(fields);
      await deps.app.moveBooking({ bookingId: booking.id, start, advisorId, by: actorOf(res), ifVersion, idempotency });
      res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'moved' }));
    } catch (error) {
      await refuse(deps, res, { error, bookingId: booking.id, desk, fields });
    }
  });
  return router;
}

/** Tells why the booking is still where it was, with what was chosen, and what could be chosen instead. */
async function refuse(
  deps: Deps,
  res: Response,
  { error, bookingId, desk, fields }: { error: unknown; bookingId: string; desk: Desk; fields: Fields },
): Promise<void> {
  const booking = await deps.storage.bookings.find(bookingId);
  if (!booking) throw error;
  const refusal = refusalOf(error, res.locals.t);
  if (refusal && refusalToChange(deps, res, booking)) return showBooking(deps, res, { booking, desk, refusal });
  if (refusal) return showMove(deps, res, { booking, desk, fields, status: refusal.status, refusal: refusal.text });
  if (!isRefusal(error, 'slot-unavailable')) throw error;
  await showMove(deps, res, {
    booking,
    desk,
    fields,
    status: 409,
    refusal: res.locals.t('staff.times.gone'),
    alternatives: error.details.alternatives as Alternatives | undefined,
  });
}
