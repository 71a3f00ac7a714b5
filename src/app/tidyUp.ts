import { HOUR } from '../domain/calendar/interval';
import type { AppDeps } from './deps';

/** What was typed in a form that nobody sent. */
const DRAFTS = 24 * HOUR;
/** Longer than any client tries again. */
const IDEMPOTENCY_KEYS = 48 * HOUR;

/** Forgets what nobody needs any more: abandoned drafts, old idempotency keys, limits that count no more. */
export function tidyUp({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): () => Promise<void> {
  return () =>
    storage.write(async ({ bookings, keys, limits }) => {
      await bookings.lapseHolds(now());
      await bookings.forgetDrafts(now() - DRAFTS);
      await keys.forget(now() - IDEMPOTENCY_KEYS);
      await limits.forget(now());
    });
}
