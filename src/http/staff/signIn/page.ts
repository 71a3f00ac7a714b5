import type { Request, Response } from 'express';
import type { StaffUser } from '../../../app/ports/staffStore';
import { isRefusal } from '../../../domain/errors';
import { mayEnter } from '../../../domain/staff/account';
import { addressKey } from '../../../fields/mailAddress';
import { paths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { demoIsOpen } from '../../fromHere';
import { deed } from '../../keptForm';
import { fromAnywhere, giveBack, inRange, type LimitDeps, spend } from '../../middleware/rateLimit';
import { type SignedIn, safeNext } from '../../middleware/staff';
import { minutesToWait, tooManyRequests } from '../../waiting';
import type { Page } from '../../wiring';
import { bodyOf, queryOf } from '../forms';
import { type Credentials, readSignIn } from './form';
import { knownMark, rememberDevice } from './knownDevice';
import { endSession, startSession } from './session';
import { signInView } from './view';

type Deps = LimitDeps & Pick<HttpDeps, 'ids' | 'tokens' | 'passwords' | 'devices' | 'baseUrl' | 'production'>;

/**
 * Signs people in. A wrong password, an unknown address and an account that may not be used get the same answer after
 * the same time. The number of attempts is limited by the address that was typed, whether it exists or not.
 */
export function signInPage(deps: Deps): Page<SignedIn | undefined> {
  return {
    get(staff, req, res) {
      const { next: sent, email = '' } = bodyOf(req);
      const next = safeNext(sent ?? queryOf(req).next);
      if (staff) return res.redirect(303, next ?? paths.staff);
      res.render('pages/staff/signIn', signInView({ next, email }, res.locals));
    },

    async post(_staff, req, res) {
      const sent = readSignIn(req.body);
      const next = safeNext(bodyOf(req).next);
      const again = (wrong: string) =>
        res.render('pages/staff/signIn', signInView({ next, email: bodyOf(req).email ?? '', wrong }, res.locals));
      try {
        const user = await deed(res, async () => sent && userBy(deps, { req, res }, sent), undefined);
        if (!user) {
          res.status(422);
          return again(res.locals.t('staff.signIn.wrong'));
        }
        await startSession(deps, { req, res, userId: user.id });
        rememberDevice(deps, { req, res, user });
        res.redirect(303, next ?? paths.staff);
      } catch (error) {
        if (!isRefusal(error, 'too-many-requests')) throw error;
        tooManyRequests(res, error);
        again(res.locals.t('staff.signIn.tooMany', minutesToWait(error)));
      }
    },
  };
}

/** Signs people out. */
export function signOutPage(deps: Deps): Page<SignedIn> {
  return {
    async post(_staff, req, res) {
      await endSession(deps, req, res);
      res.redirect(303, paths.signIn);
    },
  };
}

/**
 * Returns the user with this address and password. Each attempt is counted until it proves correct. In a browser in
 * which the user has signed in before, attempts are counted apart from those elsewhere, so that strangers cannot lock
 * them out there.
 *
 * @throws DomainError `too-many-requests`
 */
async function userBy(
  deps: Deps,
  { req, res }: { req: Request; res: Response },
  { email, password }: Credentials,
): Promise<StaffUser | undefined> {
  const account = addressKey(email);
  const user = await deps.storage.staff.findUserByEmail(email);
  const mark = user && knownMark(deps, req, user);
  const budgets = [
    ...inRange(deps, res, 'signInOfAccountInRange', account),
    ...inRange(deps, res, 'signInInRange'),
    mark ? fromAnywhere(deps, 'signInOnDevice', account, mark) : fromAnywhere(deps, 'signInOfAccount', account),
  ];
  await spend(deps, budgets);
  const proved = await deps.passwords.verify(password, user?.passwordHash);
  if (!proved || !user || !mayEnter(user, { demoIsOpen: demoIsOpen(deps, req) })) return undefined;
  await giveBack(deps, budgets);
  return user;
}
