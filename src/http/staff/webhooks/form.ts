import { WEBHOOK_EVENTS, type Webhook, type WebhookEvent } from '../../../domain/webhooks/webhook';
import type { Reader } from '../../../presentation/texts';
import type { Fields, FormError } from '../forms';

/** As long as the API takes it. */
const MAX_URL_LENGTH = 2_000;

/** Returns the name of the tick for an event. */
function eventField(event: WebhookEvent): string {
  return `event-${event.replace('.', '-')}`;
}

/** Returns the events that are ticked; all of them in a form that nobody has sent. */
function tickedEvents(fields: Fields): WebhookEvent[] {
  return WEBHOOK_EVENTS.filter((event) => fields.key === undefined || fields[eventField(event)] === 'true');
}

type Read =
  | { readonly url: string; readonly events: readonly WebhookEvent[] }
  | { readonly errors: readonly FormError[] };

/** Returns the webhook that the form describes, or what is wrong with it. */
export function readWebhook(fields: Fields, { t }: Reader): Read {
  const { url = '' } = fields;
  const events = tickedEvents(fields);
  const errors = [
    ...(url === '' || url.length > MAX_URL_LENGTH ? [{ href: '#url', text: t('webhooks.wrong.url') }] : []),
    ...(events.length === 0 ? [{ href: '#event-booking-made', text: t('webhooks.wrong.events') }] : []),
  ];
  return errors.length > 0 ? { errors } : { url, events };
}

/** Returns the fields as a form of this webhook sends them. */
export function fieldsOf({ url, events }: Pick<Webhook, 'url' | 'events'>): Fields {
  return { key: '', url, ...Object.fromEntries(events.map((event) => [eventField(event), 'true'])) };
}

/** Returns the fields in which a webhook is described, for `partials/staff/webhookFields`. */
export function webhookFields(fields: Fields, errors: readonly FormError[] | undefined, { t }: Reader) {
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const ticked = tickedEvents(fields);
  return {
    address: fields.url ?? '',
    events: WEBHOOK_EVENTS.map((event) => ({
      id: eventField(event),
      text: t(`webhooks.event.${event.replace('.', '-')}`),
      checked: ticked.includes(event),
    })),
    wrong: { url: wrong('url'), events: wrong('event-booking-made') },
  };
}
