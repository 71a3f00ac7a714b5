import type { Request } from 'express';
import { clientOf } from '../../../app/cases/changeCases';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Guard, Page } from '../../wiring';
import { Elsewhere } from '../../wiring';
import { readClient, readIntakeAnswers } from '../case/form';
import { deskWithCases } from '../caseGuard';
import { signedIn } from '../desk';
import { bodyOf, keyOf, queryOf } from '../forms';
import { newCaseView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'ids' | 'tokens'>;

/** A desk at which a case begins, perhaps with this booking. */
interface Beginning {
  readonly desk: Desk;
  readonly booking: Booking | undefined;
}

/** The guard of the page. A booking that belongs to a case already leads to that. @throws DomainError `not-found`, `forbidden` */
export function caseToBegin(deps: Pick<HttpDeps, 'storage'>): Guard<Beginning> {
  const enter = deskWithCases(deps);
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    const id = bookingIdOf(req);
    const booking = id ? await deps.storage.bookings.find(id) : undefined;
    if (booking?.deskId !== desk.id) return { desk, booking: undefined };
    const known = await deps.storage.cases.ofBooking(booking.id);
    return known ? new Elsewhere(url(paths.staffBooking, { id: booking.id })) : { desk, booking };
  };
}

function bookingIdOf(req: Request): string | undefined {
  return bodyOf(req).booking ?? queryOf(req).booking;
}

/** Begins a case: whose it is, and the questions of the topic with what was answered already. */
export function newCasePage(deps: Deps): Page<Beginning> {
  return {
    get({ desk, booking }, req, res) {
      const fields = bodyOf(req);
      const typed = 'name' in fields ? fields : undefined;
      const client = booking && clientOf(booking);
      res.render(
        'pages/staff/newCase',
        newCaseView({ desk, booking, client, typed, key: deps.ids.uuid() }, res.locals),
      );
    },

    async post({ desk, booking }, req, res) {
      const fields = bodyOf(req);
      const shown = { desk, booking, client: undefined, typed: fields, key: fields.key || deps.ids.uuid() };
      const read = readClient(fields, res.locals);
      const answered = readIntakeAnswers(fields, { desk, topicId: booking?.topicId ?? null }, res.locals);
      const errors = [...(read.errors ?? []), ...answered.errors];
      if (read.errors || errors.length > 0) {
        return res.status(422).render('pages/staff/newCase', newCaseView({ ...shown, errors }, res.locals));
      }
      const idempotency = keyOf(deps, res, { what: `case ${desk.id}`, fields });
      const asked = { who: signedIn(res), deskId: desk.id, client: read.value, intake: answered.intake };
      try {
        const { value } = await deed(res, () =>
          deps.app.beginCase({ ...asked, bookings: booking ? [booking.id] : [], idempotency }),
        );
        res.redirect(303, url(paths.staffCase, { desk: desk.id, id: value.id }, { done: 1 }));
      } catch (error) {
        if (!isRefusal(error, 'invalid') && !isRefusal(error, 'idempotency-key-reused')) throw error;
        const refusal = res.locals.t('cases.refusal.invalid');
        res
          .status(422)
          .render('pages/staff/newCase', newCaseView({ ...shown, key: deps.ids.uuid(), refusal }, res.locals));
      }
    },
  };
}
