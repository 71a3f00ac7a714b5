import type { Response } from 'express';
import { planMoves } from '../../../../app/booking/movePlan';
import type { Alternatives } from '../../../../app/slots/alternatives';
import { freeTimes } from '../../../../app/slots/freeTimes';
import { queryToMove } from '../../../../app/slots/slotQuery';
import { isRefusal } from '../../../../domain/errors';
import { assertMayMoveTo } from '../../../../domain/staff/rights';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, changerNow, signedIn } from '../../desk';
import { bodyOf, carried, type Fields, keyOf, queryOf, versionOf } from '../../forms';
import { showConfirm } from '../confirm/showConfirm';
import { othersOf, outcomeOf } from '../others';
import { showBooking } from '../overview/showBooking';
import { refusalOf, refusalToChange } from '../refusal';
import { namedAdvisor, readMove, receiversOf, shownAdvisor, shownDate } from './form';
import { moveView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'turn'>;

/** Moves a booking: choose a day and optionally an advisor, then one of the free times. The client is told by mail. */
export function movePage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const refusal = refusalToChange(booking, changerNow(deps, res), res.locals);
      if (refusal) return showBooking(deps, res, { booking, desk, refusal });
      await showMove(deps, res, { booking, desk, fields: { ...bodyOf(req), ...queryOf(req) } });
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const who = signedIn(res);
      assertMayMoveTo(who, booking, namedAdvisor(fields) ?? null);
      const read = readMove(desk, fields, res.locals);
      if ('errors' in read) return showMove(deps, res, { booking, desk, fields, status: 422, errors: read.errors });
      const line = { bookingId: booking.id, ...read.target };
      try {
        const plan = await planMoves(deps.storage, [line], { who, now: deps.now() });
        const others = await othersOf(deps, plan);
        const outcome = outcomeOf(plan, others);
        // The person has not been shown yet which other bookings change their advisor.
        if (others.length > 0 && fields.outcome !== outcome)
          return confirm(deps, res, { booking, desk, plan, others, fields: { ...fields, outcome } });
        const idempotency = keyOf(deps, res, { what: `move ${booking.id}`, fields });
        await deed(res, () => deps.app.moveBooking({ ...line, who, ifVersion: versionOf(fields), idempotency }));
        const told = others.map((other) => other.booking.id).join(',') || undefined;
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'moved', others: told }));
      } catch (error) {
        await refuse(deps, res, { error, booking, desk, fields });
      }
    },
  };
}

interface Sent extends BookingAtDesk {
  readonly fields: Fields;
}

/** Shows the page on which a booking is moved. */
async function showMove(
  deps: Deps,
  res: Response,
  {
    status = 200,
    ...sent
  }: Sent & { status?: number } & Pick<Parameters<typeof moveView>[0], 'errors' | 'refusal' | 'alternatives'>,
): Promise<void> {
  const { booking, desk, fields } = sent;
  const now = deps.now();
  const date = shownDate(fields, booking, desk, now);
  const receivers = receiversOf(signedIn(res), { booking, desk });
  const advisorId = shownAdvisor(fields, receivers);
  const query = queryToMove(booking, advisorId);
  const found = await freeTimes(deps, { desk, query, date, except: booking.id });
  const view = moveView({ ...sent, date, receivers, advisorId, found, now, key: deps.ids.uuid() }, res.locals);
  res.status(status).render('pages/staff/booking/move', view);
}

/** Asks for confirmation, because other bookings change their advisor. */
function confirm(
  deps: Deps,
  res: Response,
  {
    fields,
    ...page
  }: Pick<Parameters<typeof showConfirm>[1], 'booking' | 'desk' | 'plan' | 'others'> & { fields: Fields },
): void {
  const action = url(paths.staffMove, { id: page.booking.id });
  const { date = '', advisor = '' } = fields;
  const hidden = carried({ ...fields, key: deps.ids.uuid() }, [...CARRIED]);
  const backHref = url(
    paths.staffMove,
    { id: page.booking.id },
    { date: date || undefined, advisor: advisor || undefined },
  );
  showConfirm(res, { ...page, action, backHref, what: 'move', hidden });
}

const CARRIED = [
  ...(['start', 'against', 'againstAdvisor', 'date', 'advisor', 'tie', 'reason', 'tell'] as const),
  ...(['version', 'outcome', 'key'] as const),
] as const;

/** Shows why the booking was not moved, with what was chosen and what can be chosen instead. */
async function refuse(
  deps: Deps,
  res: Response,
  { error, booking: { id }, desk, fields }: Sent & { error: unknown },
): Promise<void> {
  const booking = await deps.storage.bookings.find(id);
  if (!booking) throw error;
  const refusal = refusalOf(error, res.locals.t);
  if (refusal && refusalToChange(booking, changerNow(deps, res), res.locals))
    return showBooking(deps, res, { booking, desk, refusal });
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
