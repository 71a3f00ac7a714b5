import type { Instant } from '../../domain/calendar/interval';

/** The answer to a request with an idempotency key, stored in the transaction of the request. */
interface IdempotencyRecord {
  /** The same as in `IdempotencyKey`. */
  readonly scope: string;
  readonly key: string;
  /** The desk whose period says how long the answer is kept. */
  readonly deskId: string;
  /** Hash of the request's body. The same key with another body is an error. */
  readonly fingerprint: string;
  readonly result: unknown;
  readonly createdAt: Instant;
}

/** Stores answers by key, for `idempotently`. */
export interface IdempotencyKeys {
  find(scope: string, key: string): Promise<IdempotencyRecord | undefined>;
  add(record: IdempotencyRecord): Promise<void>;
}
