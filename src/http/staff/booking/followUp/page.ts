import type { Response } from 'express';
import { notChangeable } from '../../../../domain/booking/change';
import { hasBegun } from '../../../../domain/booking/outcome';
import { isRefusal } from '../../../../domain/errors';
import * as fields from '../../../../fields/schemas';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { dateOrNull } from '../../../typedTime';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, keyOf, queryOf } from '../../forms';
import { showBooking } from '../overview/showBooking';
import { type RefusalNotice, refusalOf } from '../refusal';
import { followUpView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** The next consultation with the same advisor: a start in one, two or four weeks is one press away. */
export function followUpPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const now = deps.now();
      if (!hasBegun(booking, now)) {
        const why = now < booking.time.start ? 'not-started' : 'status';
        const refusal = refusalOf(notChangeable(booking, why), res.locals.t);
        return showBooking(deps, res, { booking, desk, ...(refusal && { refusal }) });
      }
      const { date, done } = queryOf(req);
      await show(deps, res, { booking, desk, day: dateOrNull(date), done });
    },

    async post({ booking, desk }, req, res) {
      const typed = bodyOf(req);
      const day = dateOrNull(typed.date);
      const { data: start } = fields.instant.safeParse(typed.start);
      if (start === undefined) return show(deps, res.status(422), { booking, desk, day, isUnchosen: true });
      const idempotency = keyOf(deps, res, { what: `follow up ${booking.id}`, fields: typed });
      try {
        const request = { bookingId: booking.id, start, who: signedIn(res), idempotency };
        const { value } = await deed(res, () => deps.app.followUp(request));
        res.redirect(303, url(paths.staffSlip, { id: value.id }, { new: 1 }));
      } catch (error) {
        const refusal = isRefusal(error, 'slot-unavailable')
          ? { status: 409, text: res.locals.t('followUp.taken') }
          : refusalOf(error, res.locals.t);
        if (!refusal) throw error;
        await show(deps, res.status(refusal.status), { booking, desk, day, refusal });
      }
    },
  };
}

interface Shown extends BookingAtDesk {
  /** From which day on; null: in some weeks. */
  readonly day: string | null;
  readonly done?: string | undefined;
  readonly refusal?: RefusalNotice;
  readonly isUnchosen?: boolean;
}

async function show(deps: Deps, res: Response, { refusal, day, ...shown }: Shown): Promise<void> {
  const choices = await deps.app.followUpStarts({ ...shown, day: day ?? undefined });
  const facts = { ...shown, day, choices, refusal: refusal?.text, key: deps.ids.uuid() };
  res.render('pages/staff/booking/followUp', followUpView(facts, res.locals));
}
