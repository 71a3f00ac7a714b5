import type { Delivery } from '../../../app/ports/webhooks';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import type { Webhook } from '../../../domain/webhooks/webhook';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { Fields, FormError } from '../forms';
import { fieldsOf, webhookFields } from '../webhooks/form';
import { hostOf, webhookWords } from '../webhookWords';

/** What was done on the page before, as the address tells it. */
export const DEEDS = ['added', 'changed', 'rotated', 'tested', 'again'] as const;
type Deed = (typeof DEEDS)[number];

interface Facts {
  readonly desk: Desk;
  readonly webhook: Webhook;
  readonly deliveries: readonly Delivery[];
  /** Of the older messages; null: these are all. */
  readonly next: string | null;
  readonly isLater: boolean;
  /** Shown this once. */
  readonly secret: string | undefined;
  readonly done: Deed | undefined;
  readonly now: Instant;
  readonly key: string;
  /** What was typed to change it. */
  readonly fields?: Fields;
  readonly errors?: readonly FormError[] | undefined;
  /** Why it was not changed. */
  readonly refusal?: string | undefined;
}

/** Returns a webhook with the last messages to it, and what can be done with it. */
export function webhookView(facts: Facts, reader: Reader) {
  const { desk, webhook, deliveries, next, isLater, secret, done, now, key, errors, refusal } = facts;
  const { t } = reader;
  const words = webhookWords(desk, reader);
  const here = { desk: desk.id, id: webhook.id };
  const action = url(paths.staffWebhook, here);
  const { former } = webhook;
  const typed = facts.fields?.step === 'change' ? facts.fields : undefined;
  return {
    title: hostOf(webhook.url),
    back: url(paths.staffWebhooks, { desk: desk.id }),
    done: done && t(`webhooks.done.${done}`),
    secret,
    rows: [
      { key: t('webhooks.address'), value: webhook.url, dir: 'ltr' },
      { key: t('webhooks.events'), value: webhook.events.map(words.event).join(', ') },
      { key: t('webhooks.since'), value: words.dateAndTime(webhook.createdAt) },
    ],
    former: former && now < former.until ? t('webhooks.former', { until: words.dateAndTime(former.until) }) : undefined,
    action,
    hidden: [{ name: 'key', value: key }],
    change: {
      ...webhookFields(typed ?? fieldsOf(webhook), errors, reader),
      hidden: [{ name: 'version', value: String(webhook.version) }],
      isOpen: typed !== undefined,
      typedForm: 'webhook',
    },
    errors: errors?.length ? errors : undefined,
    refusal,
    withdrawHref: url(paths.staffWebhookWithdrawal, here),
    deliveries: deliveries.map((each) => ({ ...words.delivery(each), id: each.id })),
    nextHref: next === null ? undefined : url(paths.staffWebhook, here, { cursor: next }),
    firstHref: isLater ? action : undefined,
  };
}
