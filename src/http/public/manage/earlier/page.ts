import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { inRange, type LimitDeps, spend } from '../../../middleware/rateLimit';
import type { Page } from '../../../wiring';
import type { ManagedBooking } from '../managedBooking';

/** "Tell me when something earlier becomes free": one press, as everything else is known from the booking. */
export function earlierPage(deps: LimitDeps & Pick<HttpDeps, 'app'>): Page<ManagedBooking> {
  return {
    async post({ booking, desk, token }, _req, res) {
      const { topicId, language, mode, client } = booking;
      const any = { from: null, until: null, weekdays: [], after: null, before: null, deadline: null };
      const wish = { topicId, languages: [language], mode, ...any };
      const { value } = await deed(res, async () => {
        await spend(deps, inRange(deps, res, 'joinInRange'));
        return deps.app.joinWaitingList({ deskId: desk.id, wish, client, earlierThan: token });
      });
      res.redirect(303, url(paths.waitingStatus, { waitToken: value.token }, { joined: 1 }));
    },
  };
}
