import type { Instant } from '../domain/calendar/interval';
import { DomainError } from '../domain/errors';
import type { Stores, Write } from './ports/storage';

/** A client's promise that two requests with one key are the same request. */
export interface IdempotencyKey {
  /** Who sent it and what for: keys of two scopes never meet. All of the public who ask for the same are one scope. */
  readonly scope: string;
  readonly key: string;
  /** Hash of the request's body. */
  readonly fingerprint: string;
}

/** What a request gets, the first time or once more. */
export interface Answer<T> {
  readonly value: T;
  /** It is the answer that an earlier request with the same key got. */
  readonly replayed: boolean;
}

/**
 * Does `work` in a write transaction, once for each key: the answer is kept in the transaction that it answers, so a request
 * whose answer was lost on the way can be sent again. A refusal changes nothing and is not kept. The answer must survive JSON.
 *
 * @param desk the one at which `work` writes
 * @throws DomainError `idempotency-key-reused` if the key came with another body before
 */
export function once<T>(
  { write, now, desk }: { write: Write; now: Instant; desk: string },
  idempotency: IdempotencyKey | undefined,
  work: (stores: Stores) => Promise<T>,
): Promise<Answer<T>> {
  const answer = async (stores: Stores): Promise<Answer<T>> => {
    if (!idempotency) return { value: await work(stores), replayed: false };
    const { scope, key, fingerprint } = idempotency;
    const before = await stores.keys.find(scope, key);
    if (before && before.fingerprint !== fingerprint) throw new DomainError('idempotency-key-reused');
    if (before) return { value: before.result as T, replayed: true };
    const value = await work(stores);
    await stores.keys.add({ scope, key, deskId: desk, fingerprint, result: value, createdAt: now });
    return { value, replayed: false };
  };
  return write(answer, { desk });
}
