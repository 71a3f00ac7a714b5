import type { Webhook } from '../../domain/webhooks/webhook';
import type { Sealer } from '../ports/sealer';

/** The purpose of the seal around a webhook's secret. */
export const SEALED_FOR = 'webhook';

/** Returns the webhook with its secrets sealed by SECRET; one that neither SECRET nor SECRET_PREVIOUS opens stays as it is. */
export function sealedAnew(webhook: Webhook, sealer: Sealer): Webhook {
  const anew = (sealed: string) => {
    const secret = sealer.open(sealed, SEALED_FOR);
    return secret === undefined ? sealed : sealer.seal(secret, SEALED_FOR);
  };
  const { sealedSecret, former } = webhook;
  return {
    ...webhook,
    sealedSecret: anew(sealedSecret),
    former: former && { ...former, sealedSecret: anew(former.sealedSecret) },
  };
}
