import { PAUSE_BETWEEN_BATCHES_MS, ROWS_PER_BATCH } from '../batches';
import { calendarSealedAnew } from '../calendars/busyCalendars';
import type { AppDeps, WebhookDeps } from '../deps';
import type { Pause } from '../ports/clock';
import type { LinkHashes } from '../ports/linkKeys';
import type { ManageTokens } from '../ports/manageTokens';
import { sealedAnew } from '../webhooks/sealedAnew';

interface Rotated {
  readonly bookings: number;
  /** The number of these whose links were renewed. */
  readonly renewed: number;
}

type RotateSecret = () => Promise<Rotated>;

/**
 * Seals the secrets of webhooks and the addresses of calendars by SECRET, and stores the hash of every booking's link by it, including bookings that other processes make meanwhile, and the
 * check value of SECRET. The hash of the old link stays beside it; the old link opens while SECRET_PREVIOUS is the
 * secret that made it. It works in many short transactions; repeating it does no harm, and finishes one that was
 * interrupted.
 */
export function rotateSecret({
  storage,
  tokens,
  sealer,
  pause,
}: Pick<AppDeps, 'storage' | 'tokens'> & Pick<WebhookDeps, 'sealer'> & { pause: Pause }): RotateSecret {
  return async () => {
    await storage.write(async ({ busyCalendars, webhooks }) => {
      for (const calendar of await busyCalendars.all()) await busyCalendars.put(calendarSealedAnew(calendar, sealer));
      for (const webhook of await webhooks.all()) await webhooks.save(sealedAnew(webhook, sealer));
    });
    let [bookings, renewed] = [0, 0];
    for (let after = ''; ; ) {
      const { batch, changed } = await storage.atomically(async ({ linkKeys }) => {
        const batch = await linkKeys.batch(after, ROWS_PER_BATCH);
        const changed = batch.flatMap((hashes) => renewal(tokens, hashes));
        await linkKeys.replace(changed);
        return { batch, changed };
      });
      bookings += batch.length;
      renewed += changed.length;
      after = batch.at(-1)?.bookingId ?? after;
      if (batch.length < ROWS_PER_BATCH) break;
      if (changed.length > 0) await pause(PAUSE_BETWEEN_BATCHES_MS, NEVER);
    }
    await storage.atomically(({ linkKeys }) => linkKeys.keepCheck(tokens.check));
    return { bookings, renewed };
  };
}

const NEVER = new AbortController().signal;

/** Returns the new hashes of a booking; empty if they are right already. */
function renewal(tokens: ManageTokens, hashes: LinkHashes): LinkHashes[] {
  const { bookingId, previousHash: before } = hashes;
  const tokenHash = tokens.hash(tokens.tokenFor(bookingId));
  const isNew = tokenHash !== hashes.tokenHash;
  const replaced = isNew ? hashes.tokenHash : before;
  const previousHash = tokens.previous ? tokens.hash(tokens.previous.tokenFor(bookingId)) : replaced;
  return isNew || previousHash !== before ? [{ bookingId, tokenHash, previousHash }] : [];
}
