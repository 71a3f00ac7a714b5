import { Router } from 'express';
import { parseReference } from '../../domain/booking/reference';
import * as fields from '../api/schemas/fields';
import type { HttpDeps } from '../deps';
import { paths, url } from '../paths';
import { deskIn, loadDesk } from './deskPage';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** "Change or cancel a booking" for those who have lost the mail: reference and address bring the link once more. */
export function findBookingRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.findBooking, loadDesk(deps));

  router.get(paths.findBooking, (req, res) => {
    const { t, locale } = res.locals;
    const place = { locale, desk: deskIn(res).id };
    const sent = 'sent' in req.query;
    res.render('pages/public/findBooking', {
      ...frame(res.locals, place),
      title: t(sent ? 'booking.find.sentTitle' : 'booking.find.title'),
      sent,
      typed: {},
      phone: deskIn(res).phone,
    });
  });

  router.post(paths.findBooking, async (req, res) => {
    const { t, locale } = res.locals;
    const desk = deskIn(res);
    const place = { locale, desk: desk.id };
    const typed = readTyped(req.body);
    const wrong = [
      ...(parseReference(typed.reference) ? [] : [{ href: '#reference', text: t('booking.find.referenceWrong') }]),
      ...(fields.email.safeParse(typed.email).success ? [] : [{ href: '#email', text: t('booking.find.emailWrong') }]),
    ];
    if (wrong.length > 0) {
      const error = Object.fromEntries(wrong.map(({ href, text }) => [href.slice(1), text]));
      res.status(422).render('pages/public/findBooking', {
        ...frame(res.locals, place),
        title: t('booking.find.title'),
        typed,
        errors: wrong,
        error,
        phone: desk.phone,
      });
      return;
    }
    await deps.app.sendManageLink({ deskId: desk.id, ...typed });
    res.redirect(303, url(paths.findBooking, place, { sent: 1 }));
  });
  return router;
}

function frame({ t }: Express.Locals, place: { locale: string; desk: string }) {
  return { action: url(paths.findBooking, place), back: { href: url(paths.start, place), text: t('booking.back') } };
}

function readTyped(body: unknown): { reference: string; email: string } {
  const { reference, email } = (body ?? {}) as { reference?: unknown; email?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 300) : '');
  return { reference: text(reference), email: text(email) };
}
