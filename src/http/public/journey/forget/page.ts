import type { Desk } from '../../../../domain/desk';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths, url } from '../../../../paths';
import { CLIENT_LOCALES } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { forgetForms } from '../../../keptForm';
import { forgetLocale } from '../../../middleware/locale';
import type { Page } from '../../../wiring';
import { forgetHolder, holderOf } from '../holder';

/** The pages whose forms a browser may store at a desk. */
const TYPED_AT = [paths.yourDetails, paths.findBooking];

/** Deletes everything that the browser stores about the client, and releases the time that is held for them. */
export function forgetPage(deps: Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl'>): Page<Desk> {
  return {
    async post({ id: desk }, req, res) {
      const holder = holderOf(deps, req);
      const hold = holder && (await deps.storage.bookings.findHoldOf(holder));
      if (hold)
        await deps.app.releaseHold({ ...hold, who: CLIENT }).catch((error: unknown) => {
          // The button was pressed twice.
          if (!isRefusal(error, 'not-found')) throw error;
        });
      forgetHolder(deps, res);
      forgetLocale(res);
      forgetForms(
        deps,
        res,
        CLIENT_LOCALES.flatMap((locale) => TYPED_AT.map((path) => url(path, { locale, desk }))),
      );
      res.redirect(303, url(paths.start, { locale: res.locals.locale, desk }));
    },
  };
}
