import { type Response, Router } from 'express';
import { parseReference } from '../../domain/booking/reference';
import * as fields from '../api/schemas/fields';
import type { HttpDeps } from '../deps';
import { paths, url } from '../paths';
import { contactView } from './contact';
import { deskIn, loadDesk } from './deskPage';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** "Change or cancel a booking" for those who have lost the mail: reference and address bring the link once more. */
export function findBookingRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.findBooking, loadDesk(deps));

  router.get(paths.findBooking, (req, res) =>
    show(res, { sent: 'sent' in req.query, typed: { reference: '', email: '' }, wrong: [] }),
  );

  router.post(paths.findBooking, async (req, res) => {
    const typed = readTyped(req.body);
    const wrong = [
      ...(parseReference(typed.reference) ? [] : (['reference'] as const)),
      ...(fields.email.safeParse(typed.email).success ? [] : (['email'] as const)),
    ];
    if (wrong.length > 0) return show(res, { sent: false, typed, wrong });
    const desk = deskIn(res);
    await deps.app.sendManageLink({ deskId: desk.id, ...typed });
    res.redirect(303, url(paths.findBooking, { locale: res.locals.locale, desk: desk.id }, { sent: 1 }));
  });
  return router;
}

interface Filled {
  readonly sent: boolean;
  readonly typed: { readonly reference: string; readonly email: string };
  readonly wrong: readonly ('reference' | 'email')[];
}

function show(res: Response, { sent, typed, wrong }: Filled): void {
  const { t, locale } = res.locals;
  const desk = deskIn(res);
  const place = { locale, desk: desk.id };
  const message = (field: 'reference' | 'email') => t(`booking.find.${field}Wrong`);
  const field = (name: 'reference' | 'email') => ({
    value: typed[name],
    error: wrong.includes(name) ? message(name) : undefined,
  });
  res.status(wrong.length > 0 ? 422 : 200).render('pages/public/findBooking', {
    title: t(sent ? 'booking.find.sentTitle' : 'booking.find.title'),
    back: url(paths.start, place),
    sent,
    form: { method: 'post', action: url(paths.findBooking, place) },
    fields: { reference: field('reference'), email: field('email') },
    errors: wrong.length > 0 ? wrong.map((name) => ({ href: `#${name}`, text: message(name) })) : undefined,
    contact: contactView(desk),
  });
}

function readTyped(body: unknown): { reference: string; email: string } {
  const { reference, email } = (body ?? {}) as { reference?: unknown; email?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 300) : '');
  return { reference: text(reference), email: text(email) };
}
