import type { Instant } from '../domain/calendar/interval';
import { DomainError } from '../domain/errors';
import type { Stores, Write } from './ports/storage';

/** A client's promise that two requests with one key are the same request. */
export interface IdempotencyKey {
  /** Who sent it and what for: keys of two scopes never meet. The public are told apart by their network, or by a booking's secret. */
  readonly scope: string;
  readonly key: string;
  /** What all of the public who ask for the same have in common, where `scope` tells their networks apart. */
  readonly everywhere?: string;
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
 * The very same request from another network is not done twice, as a phone leaves one for another between two tries; but it gets no
 * answer either, as there are secrets in it.
 *
 * @param desk the one at which `work` writes
 * @throws DomainError `idempotency-key-reused` if the key came with another body before, `already-done` if it came with this one from
 *   another network
 */
export function idempotently<T>(
  { write, now, desk }: { write: Write; now: Instant; desk: string },
  idempotency: IdempotencyKey | undefined,
  work: (stores: Stores) => Promise<T>,
): Promise<Answer<T>> {
  const answer = async (stores: Stores): Promise<Answer<T>> => {
    if (!idempotency) return { value: await work(stores), replayed: false };
    const { scope, key, everywhere, fingerprint } = idempotency;
    const before = await stores.keys.find(scope, key);
    if (before && before.fingerprint !== fingerprint) throw new DomainError('idempotency-key-reused');
    if (before) return { value: before.result as T, replayed: true };
    const same = everywhere === undefined ? undefined : { scope: everywhere, key: `${fingerprint} ${key}` };
    if (same && (await stores.keys.find(same.scope, same.key))) throw new DomainError('already-done');
    const value = await work(stores);
    const kept = { deskId: desk, fingerprint, createdAt: now };
    await stores.keys.add({ ...kept, scope, key, result: value });
    if (same) await stores.keys.add({ ...kept, ...same, result: null });
    return { value, replayed: false };
  };
  return write(answer, { desk });
}
