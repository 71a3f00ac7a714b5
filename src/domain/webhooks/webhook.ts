import { HOUR, type Instant } from '../calendar/interval';

/** What other programs can be told of, in the order of the forms. */
export const WEBHOOK_EVENTS = [
  'booking.made',
  'booking.moved',
  'booking.cancelled',
  'booking.attended',
  'hours.changed',
  'start.freed',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** What a manager sends to try a webhook; nobody subscribes to it. */
export const TEST_EVENT = 'webhook.test';

/** The most webhooks of one desk: each one more costs every change of a booking a little. */
export const MAX_WEBHOOKS_PER_DESK = 20;

/** How long the former secret still signs beside the new one, so that a receiver can take over the new one at leisure. */
const FORMER_SECRET_MS = 24 * HOUR;

/** An address of another program that is told what happens at a desk. */
export interface Webhook {
  readonly id: string;
  readonly deskId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** The secret that signs what is sent, sealed. */
  readonly sealedSecret: string;
  /** The secret before the last rotation, sealed, and until when it signs, too; null: it was never rotated. */
  readonly former: { readonly sealedSecret: string; readonly until: Instant } | null;
  readonly version: number;
  readonly createdAt: Instant;
}

/** Returns the webhook with a new secret. The present one signs beside it for a while; one before that does not any more. */
export function withNewSecret(webhook: Webhook, sealedSecret: string, now: Instant): Webhook {
  const former = { sealedSecret: webhook.sealedSecret, until: now + FORMER_SECRET_MS };
  return { ...webhook, sealedSecret, former, version: webhook.version + 1 };
}

/** Returns the sealed secrets that sign at this moment, the newest first. */
export function signingSecrets(
  { sealedSecret, former }: Pick<Webhook, 'sealedSecret' | 'former'>,
  now: Instant,
): string[] {
  return former && now < former.until ? [sealedSecret, former.sealedSecret] : [sealedSecret];
}

/** With what the secrets of the Standard Webhooks scheme begin. */
export const SECRET_PREFIX = 'whsec_';

/** Returns a secret in the form of the scheme. @param random 24 to 64 random bytes, as base64url */
export function webhookSecret(random: string): string {
  const base64 = random.replaceAll('-', '+').replaceAll('_', '/');
  return SECRET_PREFIX + base64.padEnd(Math.ceil(base64.length / 4) * 4, '=');
}
