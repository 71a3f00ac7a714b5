import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import type { Webhook } from '../../../domain/webhooks/webhook';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf } from '../forms';
import { hostOf } from '../webhookWords';

type Deps = Pick<HttpDeps, 'app'>;

/** Withdraws a webhook, after one more question: its secret cannot be had again. */
export function withdrawWebhookPage({ app }: Deps): Page<{ readonly desk: Desk; readonly webhook: Webhook }> {
  return {
    get({ desk, webhook }, _req, res) {
      const here = { desk: desk.id, id: webhook.id };
      res.render('pages/staff/withdrawWebhook', {
        title: res.locals.t('webhooks.withdraw.title', { host: hostOf(webhook.url) }),
        back: url(paths.staffWebhook, here),
        action: url(paths.staffWebhookWithdrawal, here),
        hidden: [{ name: 'seen', value: String(webhook.version) }],
      });
    },

    async post({ desk, webhook: { id } }, req, res) {
      const ifVersion = Number(bodyOf(req).seen) || undefined;
      try {
        await deed(res, () => app.removeWebhook({ who: signedIn(res), deskId: desk.id, id, ifVersion }));
      } catch (error) {
        // Somebody has given it another secret: the page asks again.
        if (!isRefusal(error, 'version-moved-on')) throw error;
        return res.redirect(303, url(paths.staffWebhookWithdrawal, { desk: desk.id, id }));
      }
      res.redirect(303, url(paths.staffWebhooks, { desk: desk.id }, { done: 'withdrawn' }));
    },
  };
}
