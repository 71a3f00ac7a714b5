import type { Instant } from '../../domain/calendar/interval';
import type { NotReached } from '../../domain/webhooks/delivery';
import type { TEST_EVENT, Webhook, WebhookEvent } from '../../domain/webhooks/webhook';

/** A message to one webhook, to be stored in the transaction of the change that it tells of. */
export interface NewDelivery {
  /** The `webhook-id`, which stays the same in each attempt. */
  readonly id: string;
  readonly webhookId: string;
  readonly deskId: string;
  readonly bookingId: string | null;
  readonly event: WebhookEvent | typeof TEST_EVENT;
  /** What is sent, without what is known of a client. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What is known of the client, where the desk allows it to be told; it is erased with the booking. */
  readonly client: Readonly<Record<string, unknown>> | null;
  readonly createdAt: Instant;
}

/** A message as the manager sees it. */
export interface Delivery extends Pick<NewDelivery, 'id' | 'webhookId' | 'deskId' | 'event' | 'createdAt'> {
  /** Its place in the order of all messages. */
  readonly number: number;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly attempts: number;
  /** When the last attempt ended; null: there was none. */
  readonly triedAt: Instant | null;
  /** When the next attempt is due, if it waits. */
  readonly nextAt: Instant;
  /** The status of the last answer; null: none came. */
  readonly status: number | null;
  /** Why none came to the last attempt. */
  readonly notReached: NotReached | null;
}

/** A message that is to be sent now. */
export interface DueDelivery extends Pick<NewDelivery, 'id' | 'body' | 'client'> {
  readonly webhook: Webhook;
  /** The number of attempts, including this one. */
  readonly attempts: number;
  /** Since when it is to be sent: since the change, or since a manager wanted it once more. */
  readonly wantedAt: Instant;
  /** How often the receiver was away in a row before. */
  readonly failures: number;
}

/** The result of an attempt. */
export interface Attempt {
  readonly at: Instant;
  readonly status: number | null;
  readonly notReached: NotReached | null;
}

/** A webhook with the last message that was tried, or else waits. */
export interface WebhookWithLast {
  readonly webhook: Webhook;
  readonly last: Delivery | null;
}

/** The state of all messages, for monitoring. */
export interface WebhooksState {
  readonly waiting: number;
  /** The age of the oldest waiting message in ms. */
  readonly age: number;
  readonly failed: number;
}

/** Stores webhooks and the messages to them. test/contracts/webhooks is the full meaning of this interface. */
export interface WebhookStore {
  add(webhook: Webhook): Promise<void>;
  find(id: string): Promise<Webhook | undefined>;
  /** Returns a desk's webhooks, the oldest first, each with its last message. */
  list(deskId: string): Promise<WebhookWithLast[]>;
  /** Returns every webhook, for the rotation of SECRET. */
  all(): Promise<Webhook[]>;
  /** Returns which events each webhook of a desk is told. */
  listening(deskId: string): Promise<Pick<Webhook, 'id' | 'events'>[]>;
  /** Replaces address, events, secrets and version. */
  save(webhook: Webhook): Promise<void>;
  /** Removes the webhook with all messages to it. */
  remove(id: string): Promise<void>;

  queue(deliveries: readonly NewDelivery[]): Promise<void>;
  findDelivery(id: string): Promise<Delivery | undefined>;
  /** Returns a page of the messages to a webhook, the newest first. */
  deliveries(
    webhookId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<{ readonly deliveries: Delivery[]; readonly next: string | null }>;
  /**
   * Takes the next due message for `lease` ms, the oldest first. A webhook gets one message at a time, and those about
   * one booking in their order. None is due while its receiver rests, nor while the outbox is paused: after a restore
   * other programs may have been told what the backup does not know of. Times that are further ahead than any can be
   * are from before the clock was set back, and count as over.
   */
  claim(now: Instant, lease: number): Promise<DueDelivery | undefined>;
  /** Notes that the receiver has taken the message, and that it is there. */
  sent(id: string, attempt: Attempt): Promise<void>;
  retry(id: string, attempt: Attempt, nextAt: Instant): Promise<void>;
  fail(id: string, attempt: Attempt): Promise<void>;
  /** Lets a receiver that was away rest, and gives up what is to be sent to it since `givenUpFrom` or longer. */
  rest(webhookId: string, state: { failures: number; until: Instant; givenUpFrom: Instant }): Promise<void>;
  /** Makes a message due now, as if it were new, and its receiver no longer rests. */
  sendAgain(id: string, now: Instant): Promise<void>;
  /** Notes that a webhook's receiver no longer rests, as it is another one: what waits for it is due now. */
  wake(webhookId: string): Promise<void>;
  state(now: Instant): Promise<WebhooksState>;
}
