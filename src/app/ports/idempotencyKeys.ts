import type { Instant } from '../../domain/calendar/interval';

/** The answer that a key was given, kept in the transaction that it answers. */
export interface IdempotencyRecord {
  /** As in `IdempotencyKey`. */
  readonly scope: string;
  readonly key: string;
  /** Whose period says how long it is kept. */
  readonly deskId: string;
  /** Of the request's body; the same key with another body is an error. */
  readonly fingerprint: string;
  readonly result: unknown;
  readonly createdAt: Instant;
}

/** Answers by key, for `once`. */
export interface IdempotencyKeys {
  find(scope: string, key: string): Promise<IdempotencyRecord | undefined>;
  add(record: IdempotencyRecord): Promise<void>;
}
