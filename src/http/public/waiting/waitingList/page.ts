import type { Response } from 'express';
import type { Desk } from '../../../../domain/desk';
import { type FieldError, isRefusal } from '../../../../domain/errors';
import * as fields from '../../../../fields/schemas';
import { paths, url } from '../../../../paths';
import { clientLocaleFor } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { inRange, type LimitDeps, spend } from '../../../middleware/rateLimit';
import { minutesToWait, tooManyRequests } from '../../../waiting';
import type { Page } from '../../../wiring';
import { type TypedWish, typedWish, type WishField, wishOf, wrongIn } from './form';
import { waitingListView } from './view';

type Deps = LimitDeps & Pick<HttpDeps, 'app'>;

/** "Tell me when something becomes free": what is waited for, until when, and whom to write to. */
export function waitingListPage(deps: Deps): Page<Desk> {
  return {
    get(desk, req, res) {
      const { topic, language } = req.query;
      const typed = typedWish(req.body ?? { topic, languages: language });
      show(res, { desk, typed, wrong: [], hasLeft: 'left' in req.query });
    },

    async post(desk, req, res) {
      const typed = typedWish(req.body);
      const wrong = wrongIn(typed, desk);
      if (wrong.length > 0) return show(res.status(422), { desk, typed, wrong });
      try {
        const { value } = await deed(res, async () => {
          await spend(deps, inRange(deps, res, 'joinInRange'));
          return deps.app.joinWaitingList({ deskId: desk.id, wish: wishOf(typed), client: clientOf(typed, res) });
        });
        res.redirect(303, url(paths.waitingStatus, { waitToken: value.token }, { joined: 1 }));
      } catch (error) {
        if (isRefusal(error, 'too-many-requests')) {
          tooManyRequests(res, error);
          return show(res, { desk, typed, wrong, problem: res.locals.t('booking.find.tooMany', minutesToWait(error)) });
        }
        if (isRefusal(error, 'too-many-bookings'))
          return show(res.status(409), { desk, typed, wrong, problem: res.locals.t('booking.waitingList.tooMany') });
        if (!isRefusal(error, 'invalid')) throw error;
        show(res.status(422), { desk, typed, wrong: fieldsOf(error.details.errors as readonly FieldError[]) });
      }
    },
  };
}

function clientOf({ name, email, phone }: TypedWish, { locals: { locale } }: Response) {
  return {
    ...{ name, email: fields.email.parse(email), phone: phone === '' ? null : fields.phone.parse(phone) },
    language: clientLocaleFor(locale),
  };
}

/** Returns the fields of the form that a refusal of the use case is about. */
function fieldsOf(errors: readonly FieldError[]): WishField[] {
  const known: readonly WishField[] = ['topic', 'languages', 'deadline', 'email', 'phone'];
  return known.filter((field) => errors.some(({ pointer }) => pointer.endsWith(`/${field}`)));
}

function show(res: Response, given: Parameters<typeof waitingListView>[0]): void {
  res.render('pages/public/waiting/waitingList', waitingListView(given, res.locals));
}
