import type { AppDeps } from '../deps';
import type { Pause } from '../ports/clock';
import type { LinkHashes } from '../ports/linkKeys';
import type { ManageTokens } from '../ports/manageTokens';

/** Some ten milliseconds of work: whoever books meanwhile does not notice. */
const BATCH = 200;
/** Between two batches, ms: SQLite hands its lock to whoever looks first, and another process must get a look in. */
const BREATH = 20;

export interface Rotated {
  readonly bookings: number;
  /** Of these, those whose links were made anew. */
  readonly renewed: number;
}

export type RotateSecret = () => Promise<Rotated>;

/**
 * Makes SECRET the one by which every booking's link is found, those that other processes made meanwhile included, and keeps its check
 * value. The hash of the link before stays beside it: it opens while SECRET_PREVIOUS names the secret that made it. In many short
 * transactions; repeating it does no harm, and finishes one that was interrupted.
 */
export function rotateSecret({
  storage,
  tokens,
  pause,
}: Pick<AppDeps, 'storage' | 'tokens'> & { pause: Pause }): RotateSecret {
  return async () => {
    let [bookings, renewed] = [0, 0];
    for (let after = ''; ; ) {
      const { batch, changed } = await storage.atomically(async ({ linkKeys }) => {
        const batch = await linkKeys.batch(after, BATCH);
        const changed = batch.flatMap((hashes) => renewal(tokens, hashes));
        await linkKeys.replace(changed);
        return { batch, changed };
      });
      bookings += batch.length;
      renewed += changed.length;
      after = batch.at(-1)?.bookingId ?? after;
      if (batch.length < BATCH) break;
      if (changed.length > 0) await pause(BREATH, NEVER);
    }
    await storage.atomically(({ linkKeys }) => linkKeys.keepCheck(tokens.check));
    return { bookings, renewed };
  };
}

const NEVER = new AbortController().signal;

/** Nothing if the hashes are right as they are. */
function renewal(tokens: ManageTokens, hashes: LinkHashes): LinkHashes[] {
  const { bookingId, previousHash: before } = hashes;
  const tokenHash = tokens.hash(tokens.tokenFor(bookingId));
  const isNew = tokenHash !== hashes.tokenHash;
  const replaced = isNew ? hashes.tokenHash : before;
  const previousHash = tokens.previous ? tokens.hash(tokens.previous.tokenFor(bookingId)) : replaced;
  return isNew || previousHash !== before ? [{ bookingId, tokenHash, previousHash }] : [];
}
