import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { HttpDeps } from '../deps';
import { requireCsrfToken } from '../middleware/csrf';
import { requireStaff, safeNext } from '../middleware/staff';
import { paths, url } from '../paths';
import { bodyOf, queryOf } from './form';
import { signedIn } from './page';
import { endSession, startSession } from './session';

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'ids' | 'tokens' | 'passwords' | 'baseUrl'>;

const SignIn = z.object({ email: z.string().min(1).max(254), password: z.string().min(1) });

/** Sign in and out. A wrong password and an unknown address get the same answer, in the same time. */
export function signInRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.signIn, (req, res) => {
    const next = safeNext(queryOf(req).next);
    if (res.locals.staff) return res.redirect(303, next ?? paths.staff);
    res.render('pages/staff/signIn', view(res, { next, email: '' }));
  });

  router.post(paths.signIn, async (req, res) => {
    // Not trimmed: blanks may be part of a password.
    const sent = SignIn.safeParse({ email: bodyOf(req).email, password: passwordOf(req) });
    const next = safeNext(bodyOf(req).next);
    const user = sent.success ? await deps.storage.staff.findUserByEmail(sent.data.email) : undefined;
    const right = sent.success && (await deps.passwords.verify(sent.data.password, user?.passwordHash));
    if (!right || !user) {
      const errors = [{ href: '#email', text: res.locals.t('staff.signIn.wrong') }];
      res.status(422).render('pages/staff/signIn', view(res, { next, email: bodyOf(req).email ?? '', errors }));
      return;
    }
    await startSession(deps, { req, res, userId: user.id });
    res.redirect(303, next ?? paths.staff);
  });

  router.post(paths.signOut, requireStaff, requireCsrfToken, async (req, res) => {
    await endSession(deps, req, res);
    res.redirect(303, paths.signIn);
  });

  router.get(paths.staff, requireStaff, (_req, res) =>
    res.redirect(303, url(paths.staffDay, { desk: signedIn(res).deskId })),
  );
  return router;
}

function view(res: Response, more: object) {
  const title = res.locals.t('staff.signIn.title');
  return { layout: 'staff', title, action: paths.signIn, styles: ['/assets/staff.css'], ...more };
}

function passwordOf(req: Request): unknown {
  return (req.body as { password?: unknown } | undefined)?.password;
}
