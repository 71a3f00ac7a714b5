import type { NewDelivery } from '../../src/app/ports/webhooks';
import { SEALED_FOR } from '../../src/app/webhooks/sealedAnew';
import { WEBHOOK_EVENTS, type Webhook } from '../../src/domain/webhooks/webhook';
import { sealer } from '../../src/identity/sealer';
import { SECRET } from './app';
import { NOW } from './builders';

const A_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A webhook of the expat desk that is told everything; a test names only what it is about. */
export function aWebhook(part: Partial<Webhook> = {}): Webhook {
  return {
    ...{ id: 'w1', deskId: 'expat-desk', url: 'https://program.example/hook', events: WEBHOOK_EVENTS },
    ...{ sealedSecret: sealer(SECRET, null).seal(A_SECRET, SEALED_FOR), former: null, version: 1, createdAt: NOW },
    ...part,
  };
}

/** A message to it. */
export function aDelivery(part: Partial<NewDelivery> = {}): NewDelivery {
  return {
    ...{ id: 'd1', webhookId: 'w1', deskId: 'expat-desk', bookingId: null, event: 'hours.changed' },
    ...{ body: { type: 'hours.changed', data: {} }, client: null, createdAt: NOW },
    ...part,
  };
}
