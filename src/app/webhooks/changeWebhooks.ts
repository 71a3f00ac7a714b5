import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayKeepWebhooks } from '../../domain/staff/rights';
import {
  MAX_WEBHOOKS_PER_DESK,
  TEST_EVENT,
  type Webhook,
  type WebhookEvent,
  webhookSecret,
  withNewSecret,
} from '../../domain/webhooks/webhook';
import type { AppDeps, WebhookDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Unfit } from '../ports/receivers';
import type { Stores } from '../ports/storage';
import { SEALED_FOR } from './sealedAnew';
import { bodyOf } from './tellWebhooks';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'> & WebhookDeps;

/** A webhook with its secret, which is told once. */
interface WithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** One webhook of a desk, and who wants something of it. */
interface About {
  readonly who: Caller;
  readonly deskId: string;
  readonly id: string;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** What is expected of an address, for whoever entered another. */
const EXPECTED: Readonly<Record<Unfit, string>> = {
  url: 'expected an address such as https://program.example/hook, without a password',
  https: 'expected https://; http only for hosts that the operator allows',
  port: 'expected port 443, or one from 1024',
  address: 'leads to a private address; the operator can allow its host',
};

type AddWebhook = (request: {
  who: Caller;
  deskId: string;
  url: string;
  events: readonly WebhookEvent[];
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<WithSecret>>;

/**
 * Lets another program be told what happens at the desk. What is kept for a repeated request holds the secret sealed.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid` with `unfit` if nothing may be sent to the address
 */
export function addWebhook({ storage, now, ids, sealer, receivers }: Deps): AddWebhook {
  return async ({ who, deskId, url, events, idempotency }) => {
    assertMayKeepWebhooks(who, deskId);
    await assertFit(receivers, url);
    const at = now();
    const added = await idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const { id } = await deskOf(stores, deskId);
      if ((await stores.webhooks.listening(id)).length >= MAX_WEBHOOKS_PER_DESK)
        throw new DomainError('invalid', {
          unfit: 'many',
          errors: [{ pointer: '/url', detail: `expected at most ${MAX_WEBHOOKS_PER_DESK} webhooks of a desk` }],
        });
      const sealedSecret = sealer.seal(webhookSecret(ids.secret()), SEALED_FOR);
      const webhook = {
        ...{ id: ids.uuid(), deskId, url, events, sealedSecret },
        former: null,
        version: 1,
        createdAt: at,
      };
      await stores.webhooks.add(webhook);
      return webhook;
    });
    return opened(sealer, added);
  };
}

type ChangeWebhook = (request: {
  who: Caller;
  deskId: string;
  id: string;
  url: string;
  events: readonly WebhookEvent[];
  ifVersion: number | undefined;
}) => Promise<Webhook>;

/**
 * Gives a webhook another address, or other events; it keeps its secret. What still waits for it goes to the new address,
 * and does not wait until the former receiver had rested.
 *
 * @throws the DomainErrors of `addWebhook`, and `version-moved-on`
 */
export function changeWebhook({ storage, receivers }: Pick<Deps, 'storage' | 'receivers'>): ChangeWebhook {
  return async ({ who, deskId, id, url, events, ifVersion }) => {
    assertMayKeepWebhooks(who, deskId);
    await assertFit(receivers, url);
    return storage.write(
      async (stores) => {
        const webhook = await keptWebhook(stores, { who, deskId, id });
        if (ifVersion !== undefined && webhook.version !== ifVersion) throw new DomainError('version-moved-on');
        const changed = { ...webhook, url, events, version: webhook.version + 1 };
        await stores.webhooks.save(changed);
        if (url !== webhook.url) await stores.webhooks.wake(id);
        return changed;
      },
      { desk: deskId },
    );
  };
}

/** @throws DomainError `invalid` with `unfit` if nothing may be sent to the address */
async function assertFit(receivers: Deps['receivers'], url: string): Promise<void> {
  const unfit = await receivers.unfit(url);
  if (unfit) throw new DomainError('invalid', { unfit, errors: [{ pointer: '/url', detail: EXPECTED[unfit] }] });
}

type RemoveWebhook = (request: Omit<About, 'idempotency'> & { ifVersion: number | undefined }) => Promise<void>;

/** Tells a program nothing more; what still waits for it goes, too. @throws DomainError `not-found`, `forbidden`, `version-moved-on` */
export function removeWebhook({ storage }: Pick<Deps, 'storage'>): RemoveWebhook {
  return ({ who, deskId, id, ifVersion }) =>
    storage.write(
      async (stores) => {
        const webhook = await keptWebhook(stores, { who, deskId, id });
        if (ifVersion !== undefined && webhook.version !== ifVersion) throw new DomainError('version-moved-on');
        await stores.webhooks.remove(id);
      },
      { desk: deskId },
    );
}

type RotateWebhook = (about: About) => Promise<IdempotentAnswer<WithSecret>>;

/** Gives a webhook a new secret; the present one signs beside it for a day. @throws DomainError `not-found`, `forbidden` */
export function rotateWebhook({ storage, now, ids, sealer }: Deps): RotateWebhook {
  return async ({ idempotency, ...about }) => {
    assertMayKeepWebhooks(about.who, about.deskId);
    const at = now();
    const work = async (stores: Stores) => {
      const webhook = await keptWebhook(stores, about);
      const rotated = withNewSecret(webhook, sealer.seal(webhookSecret(ids.secret()), SEALED_FOR), at);
      await stores.webhooks.save(rotated);
      return rotated;
    };
    return opened(sealer, await idempotently({ write: storage.write, now: at, desk: about.deskId }, idempotency, work));
  };
}

type TestWebhook = (about: About) => Promise<IdempotentAnswer<{ readonly id: string }>>;

/** Sends a webhook a message that tells of nothing, at once. @throws DomainError `not-found`, `forbidden` */
export function testWebhook({ storage, now, ids }: Pick<Deps, 'storage' | 'now' | 'ids'>): TestWebhook {
  return async ({ idempotency, ...about }) => {
    assertMayKeepWebhooks(about.who, about.deskId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: about.deskId }, idempotency, async (stores) => {
      const { id: webhookId, deskId } = await keptWebhook(stores, about);
      const id = ids.uuid();
      const body = bodyOf(TEST_EVENT, { desk: deskId }, at);
      const message = { id, webhookId, deskId, event: TEST_EVENT, body } as const;
      await stores.webhooks.queue([{ ...message, bookingId: null, client: null, createdAt: at }]);
      await stores.webhooks.sendAgain(id, at);
      return { id };
    });
  };
}

type SendAgain = (request: {
  who: Caller;
  deliveryId: string;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<{ readonly id: string; readonly webhookId: string }>>;

/** Sends a message again, at once, with the same `webhook-id`. @throws DomainError `not-found`, `forbidden` */
export function sendAgain({ storage, now }: Pick<Deps, 'storage' | 'now'>): SendAgain {
  return async ({ who, deliveryId: id, idempotency }) => {
    const delivery = await storage.webhooks.findDelivery(id);
    if (!delivery) throw new DomainError('not-found');
    const { deskId, webhookId } = delivery;
    assertMayKeepWebhooks(who, deskId);
    return idempotently({ write: storage.write, now: now(), desk: deskId }, idempotency, async (stores) => {
      if (!(await stores.webhooks.findDelivery(id))) throw new DomainError('not-found');
      await stores.webhooks.sendAgain(id, now());
      return { id, webhookId };
    });
  };
}

/** Returns a webhook of the desk, for who may keep it. @throws DomainError `not-found`, `forbidden` */
export async function keptWebhook(
  stores: Pick<Stores, 'webhooks'>,
  { who, deskId, id }: Omit<About, 'idempotency'>,
): Promise<Webhook> {
  assertMayKeepWebhooks(who, deskId);
  const webhook = await stores.webhooks.find(id);
  if (webhook?.deskId !== deskId) throw new DomainError('not-found');
  return webhook;
}

/** @throws DomainError `already-done` if the secret cannot be read any more, because SECRET is another one */
function opened(sealer: Deps['sealer'], { value, replayed }: IdempotentAnswer<Webhook>): IdempotentAnswer<WithSecret> {
  const secret = sealer.open(value.sealedSecret, SEALED_FOR);
  if (secret === undefined) throw new DomainError('already-done');
  return { value: { webhook: value, secret }, replayed };
}
