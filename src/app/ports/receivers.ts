import type { Instant } from '../../domain/calendar/interval';
import type { Outcome } from '../../domain/webhooks/delivery';

/** Why nothing is sent to an address. */
export type Unfit = 'url' | 'https' | 'port' | 'address';

/** A message as it is sent. */
export interface SignedMessage {
  readonly url: string;
  readonly id: string;
  readonly at: Instant;
  readonly body: string;
  /** Each of them signs. */
  readonly secrets: readonly string[];
}

/** Sends messages to other programs. */
export interface WebhookReceivers {
  /**
   * Returns why nothing may be sent to this address; null: it may. A name that is not known yet is accepted, because it
   * is looked up again with each attempt.
   */
  unfit(url: string): Promise<Unfit | null>;
  /** Sends a message once, and never throws. */
  post(message: SignedMessage): Promise<Outcome>;
}
