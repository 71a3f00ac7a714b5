import type { WebhookWithLast } from '../../../app/ports/webhooks';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import { hostOf, webhookWords } from '../webhookWords';
import { webhookFields } from './form';

interface Facts {
  readonly desk: Desk;
  readonly all: readonly WebhookWithLast[];
  readonly fields: Fields;
  /** Makes two presses of the button count once. */
  readonly key: string;
  readonly errors?: readonly FormError[] | undefined;
  readonly isWithdrawn?: boolean;
}

/** Returns the programs that are told what happens, each with what became of the last message, and the form for one more. */
export function webhooksView({ desk, all, fields, key, errors, isWithdrawn = false }: Facts, reader: Reader) {
  const { t } = reader;
  const words = webhookWords(desk, reader);
  return {
    title: t('webhooks.title'),
    withClients: desk.clientDataInWebhooks,
    webhooks: all.map(({ webhook, last }) => ({
      host: hostOf(webhook.url),
      address: webhook.url,
      events: webhook.events.map(words.event).join(', '),
      href: url(paths.staffWebhook, { desk: desk.id, id: webhook.id }),
      last: last ? words.delivery(last) : undefined,
    })),
    action: url(paths.staffWebhooks, { desk: desk.id }),
    typedForm: 'webhook',
    ...webhookFields(fields, errors, reader),
    hidden: carried({ key }, ['key']),
    errors: errors?.length ? errors : undefined,
    done: isWithdrawn ? t('webhooks.done.withdrawn') : undefined,
  };
}
