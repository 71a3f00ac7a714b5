import type { Response } from 'express';
import { parseReference } from '../../../../domain/booking/reference';
import type { Desk } from '../../../../domain/desk';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { addressKey } from '../../../../fields/mailAddress';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { type Budget, fromAnywhere, inRange, type LimitDeps, spend } from '../../../middleware/rateLimit';
import { minutesToWait, tooManyRequests } from '../../../waiting';
import type { Page } from '../../../wiring';
import { isByPhone, type TypedFind, typedFind, wrongIn } from './form';
import { findView } from './view';

type Deps = LimitDeps & Pick<HttpDeps, 'app' | 'tokens'>;

/**
 * "Change or cancel a booking" for clients who have lost the mail. The mail address alone sends the links of all their
 * bookings, with a reference only that one. Who booked with a phone number alone finds the booking by that and the
 * reference, at once.
 */
export function findPage(deps: Deps): Page<Desk> {
  return {
    get(desk, req, res) {
      show(res, { desk, sent: 'sent' in req.query, typed: typedFind(req.body), wrong: [] });
    },

    async post(desk, req, res) {
      const typed = typedFind(req.body);
      const wrong = wrongIn(typed, desk);
      if (wrong.length > 0) {
        res.status(422);
        return show(res, { desk, sent: false, typed, wrong });
      }
      try {
        await deed(res, () => spend(deps, budgetsOf(deps, res, { desk, typed })), undefined);
      } catch (error) {
        if (!isRefusal(error, 'too-many-requests')) throw error;
        tooManyRequests(res, error);
        const wait = res.locals.t('booking.find.tooMany', minutesToWait(error));
        return show(res, { desk, sent: false, typed, wrong, wait });
      }
      const place = { locale: res.locals.locale, desk: desk.id };
      if (isByPhone(typed, desk)) {
        const booking = await deed(res, () => deps.app.findByPhone({ deskId: desk.id, ...typed }), undefined);
        if (booking) return res.redirect(303, manageHref(deps, booking.id, place.locale));
        res.status(422);
        return show(res, { desk, sent: false, typed, wrong, none: true });
      }
      await deed(res, () => deps.app.sendManageLink({ deskId: desk.id, ...typed, who: CLIENT }));
      res.redirect(303, url(paths.findBooking, place, { sent: 1 }));
    },
  };
}

function manageHref({ tokens }: Deps, bookingId: string, lang: string): string {
  return url(paths.manage, { token: tokens.tokenFor(bookingId) }, { lang });
}

/**
 * Returns the rate limits of a request. They do not depend on whether such a booking exists, because the answer must
 * not reveal it.
 */
function budgetsOf(deps: Deps, res: Response, { desk, typed }: { desk: Desk; typed: TypedFind }): Budget[] {
  const { reference, email } = typed;
  return [
    ...(reference === '' ? [] : [fromAnywhere(deps, 'linkOfReference', desk.id, parseReference(reference) ?? '')]),
    ...(isByPhone(typed, desk) ? [] : [fromAnywhere(deps, 'linkOfMail', desk.id, addressKey(email))]),
    ...inRange(deps, res, 'linkInRange'),
  ];
}

function show(res: Response, given: Parameters<typeof findView>[0]): void {
  res.render('pages/public/manage/find', findView(given, res.locals));
}
