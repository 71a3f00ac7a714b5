import type { Instant } from '../domain/calendar/interval';
import { DomainError } from '../domain/errors';
import type { Stores, Write } from './ports/storage';

/** The key by which a client marks two requests as the same request. */
export interface IdempotencyKey {
  /**
   * The sender and the kind of request. Keys of different scopes are independent. Clients are distinguished by network,
   * or by the secret of a booking.
   */
  readonly scope: string;
  readonly key: string;
  /** A scope without the network, if `scope` contains the client's network. */
  readonly everywhere?: string;
  /** Hash of the request's body. */
  readonly fingerprint: string;
}

/** The answer to a request, given for the first time or again. */
export interface IdempotentAnswer<T> {
  readonly value: T;
  /** `true` if an earlier request with the same key got this answer. */
  readonly replayed: boolean;
}

/**
 * Runs `work` in a write transaction, once for each key. The answer is stored in the same transaction, so a request
 * whose answer was lost can be sent again. A refusal changes nothing and is not stored. The answer must be
 * representable in JSON. The same request from another network is not done again, because a phone may change networks
 * between two attempts; but it does not get the stored answer, because that contains secrets.
 *
 * @param desk the desk at which `work` writes
 * @throws DomainError `idempotency-key-reused` if the key was used with another body before, `already-done` if it was
 *   used with this body from another network
 */
export function idempotently<T>(
  { write, now, desk }: { write: Write; now: Instant; desk: string },
  idempotency: IdempotencyKey | undefined,
  work: (stores: Stores) => Promise<T>,
): Promise<IdempotentAnswer<T>> {
  const answer = async (stores: Stores): Promise<IdempotentAnswer<T>> => {
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
