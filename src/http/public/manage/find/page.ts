import { type Response, Router } from 'express';
import { parseReference } from '../../../../domain/booking/reference';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { addressKey } from '../../../../fields/mailAddress';
import * as fields from '../../../../fields/schemas';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { type Budget, fromAnywhere, inRange, type LimitDeps, spend } from '../../../middleware/rateLimit';
import { contactView } from '../../../pages/contact';
import { deskIn, loadDesk } from '../../../pages/deskPage';
import { minutesToWait, tooManyRequests } from '../../../waiting';

type Deps = LimitDeps & Pick<HttpDeps, 'app'>;

/**
 * "Change or cancel a booking" for clients who have lost the mail. The mail address alone sends the links of all their
 * bookings, with a reference only that one.
 */
export function findBookingRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.findBooking, loadDesk(deps));

  router.get(paths.findBooking, (req, res) =>
    show(res, { sent: 'sent' in req.query, typed: readTyped(req.body), wrong: [] }),
  );

  router.post(paths.findBooking, async (req, res) => {
    const typed = readTyped(req.body);
    const wrong = [
      ...(fields.email.safeParse(typed.email).success ? [] : (['email'] as const)),
      ...(typed.reference === '' || parseReference(typed.reference) ? [] : (['reference'] as const)),
    ];
    if (wrong.length > 0) return show(res, { sent: false, typed, wrong });
    const desk = deskIn(res);
    try {
      await deed(res, () => spend(deps, budgetsOf(deps, res, typed)));
    } catch (error) {
      if (!isRefusal(error, 'too-many-requests')) throw error;
      tooManyRequests(res, error);
      return show(res, { sent: false, typed, wrong, wait: res.locals.t('booking.find.tooMany', minutesToWait(error)) });
    }
    await deed(res, () => deps.app.sendManageLink({ deskId: desk.id, ...typed, who: CLIENT }));
    res.redirect(303, url(paths.findBooking, { locale: res.locals.locale, desk: desk.id }, { sent: 1 }));
  });
  return router;
}

/**
 * Returns the rate limits of a request. They do not depend on whether such a booking exists, because the answer must
 * not reveal it.
 */
function budgetsOf(deps: Deps, res: Response, { reference, email }: Filled['typed']): Budget[] {
  const desk = deskIn(res).id;
  return [
    ...(reference === '' ? [] : [fromAnywhere(deps, 'linkOfReference', desk, parseReference(reference) ?? '')]),
    fromAnywhere(deps, 'linkOfMail', desk, addressKey(email)),
    ...inRange(deps, res, 'linkInRange'),
  ];
}

interface Filled {
  readonly sent: boolean;
  readonly typed: { readonly reference: string; readonly email: string };
  readonly wrong: readonly ('reference' | 'email')[];
  /** Present if there were too many requests: how long to wait. */
  readonly wait?: string;
}

function show(res: Response, { sent, typed, wrong, wait }: Filled): void {
  const { t, locale } = res.locals;
  const desk = deskIn(res);
  const place = { locale, desk: desk.id };
  const message = (field: 'reference' | 'email') => t(`booking.find.${field}Wrong`);
  const field = (name: 'reference' | 'email') => ({
    value: typed[name],
    error: wrong.includes(name) ? message(name) : undefined,
  });
  const errors = wait
    ? [{ href: '#email', text: wait }]
    : wrong.map((name) => ({ href: `#${name}`, text: message(name) }));
  if (wrong.length > 0) res.status(422);
  res.render('pages/public/manage/find', {
    title: t(sent ? 'booking.find.sentTitle' : 'booking.find.title'),
    back: url(paths.start, place),
    sent,
    form: { method: 'post', action: url(paths.findBooking, place), id: 'find' },
    typedForm: sent ? undefined : 'find',
    fields: { reference: field('reference'), email: field('email') },
    errors: errors.length > 0 ? errors : undefined,
    contact: contactView(desk),
  });
}

function readTyped(body: unknown): { reference: string; email: string } {
  const { reference, email } = (body ?? {}) as { reference?: unknown; email?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 300) : '');
  return { reference: text(reference), email: text(email) };
}
