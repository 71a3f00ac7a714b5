import { z } from 'zod';
import { TEST_EVENT, WEBHOOK_EVENTS } from '../../../domain/webhooks/webhook';
import { cursor, limit, next } from './paging';
import { Time } from './text';

const MAX_URL_LENGTH = 2_000;
/** The most messages of one page of their list. */
export const MAX_DELIVERIES_PER_PAGE = 100;

const events = z
  .array(z.enum(WEBHOOK_EVENTS, { error: `expected one of ${WEBHOOK_EVENTS.join(', ')}` }), 'expected a list of events')
  .min(1, 'expected at least one event')
  .max(WEBHOOK_EVENTS.length, 'expected each event once')
  .refine((all) => new Set(all).size === all.length, 'expected each event once');

export const WebhookRequest = z
  .strictObject(
    {
      url: z
        .string({ error: 'expected an address' })
        .max(MAX_URL_LENGTH, `expected at most ${MAX_URL_LENGTH} characters`)
        .meta({ description: '`https://…`; only hosts that the operator allows may be private', format: 'uri' }),
      events,
    },
    'expected an object',
  )
  .meta({ id: 'WebhookRequest' });

export const WebhookSecret = z
  .object({
    id: z.string(),
    secret: z
      .string()
      .meta({ description: 'Told once; `whsec_` and the key in base64', example: 'whsec_MfKQ9r8GKYq…' }),
    version: z.int().meta({ description: 'For If-Match, in double quotes' }),
    formerUntil: Time.nullable().meta({ description: 'Until then the former secret signs, too' }),
  })
  .meta({ id: 'WebhookSecret' });

const Delivery = z
  .object({
    id: z.string().meta({ description: 'The `webhook-id`; the same in each attempt' }),
    event: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
    state: z.enum(['waiting', 'sent', 'failed']).meta({ description: '`failed`: given up' }),
    attempts: z.int(),
    at: Time.meta({ description: 'When it was written' }),
    triedAt: Time.nullable(),
    nextAt: Time.nullable().meta({ description: 'When it is tried again at the earliest' }),
    status: z.int().nullable().meta({ description: 'The status of the last answer' }),
    problem: z
      .enum(['address', 'time', 'connection', 'secret'])
      .nullable()
      .meta({ description: 'Why the last attempt got no answer' }),
  })
  .meta({ id: 'WebhookDelivery' });

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
    createdAt: Time,
    formerUntil: Time.nullable().meta({ description: 'Until then the former secret signs, too' }),
    version: z.int().meta({ description: 'For If-Match, in double quotes' }),
    lastDelivery: Delivery.nullable(),
  })
  .meta({ id: 'Webhook' });

export const Webhooks = z
  .object({ webhooks: z.array(Webhook).meta({ description: 'The oldest first' }) })
  .meta({ id: 'Webhooks' });

export const DeliveriesQuery = z.strictObject({ cursor, limit: limit(MAX_DELIVERIES_PER_PAGE) });

export const Deliveries = z
  .object({ deliveries: z.array(Delivery).meta({ description: 'The newest first' }), next })
  .meta({ id: 'WebhookDeliveries' });

export const DeliveryQueued = z
  .object({ id: z.string().meta({ description: 'The `webhook-id`' }) })
  .meta({ id: 'WebhookDeliveryQueued' });
