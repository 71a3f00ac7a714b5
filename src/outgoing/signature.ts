import { createHmac } from 'node:crypto';
import type { SignedMessage } from '../app/ports/receivers';
import { SECRET_PREFIX } from '../domain/webhooks/webhook';

const SECOND_MS = 1_000;

/**
 * Returns the headers of a message in the Standard Webhooks scheme (standardwebhooks.com, specification of 2023): one
 * signature by each secret, which are HMAC-SHA-256 over id, time and body.
 */
export function signatureHeaders({ id, at, body, secrets }: Omit<SignedMessage, 'url'>): Record<string, string> {
  const seconds = Math.floor(at / SECOND_MS);
  const signed = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signed.join(' ') };
}
