import { setTimeout as after } from 'node:timers/promises';
import type { AppDeps, WebhookDeps } from './app/deps';
import { rotateSecret } from './app/secret/rotateSecret';
import { secretFit } from './app/secret/secretFit';
import { isRefusal } from './domain/errors';

export const FOREIGN_SECRET =
  'SECRET does not fit this database: links in mails that were sent open nothing. Set SECRET as it was, or name that one as SECRET_PREVIOUS; if it must not count any longer, run "secret rotate".';

/**
 * At the start: with a SECRET_PREVIOUS, all bookings get their links by SECRET, those included that were made since the last start with the one
 * before. A SECRET that does not fit is no reason not to start: whoever books now is served, and nothing is lost that SECRET as it was
 * would not bring back.
 *
 * @returns a line for the operator, or null
 */
export async function settleSecret(
  deps: Pick<AppDeps, 'storage' | 'tokens'> & Pick<WebhookDeps, 'sealer'>,
): Promise<string | null> {
  try {
    if ((await secretFit(deps)) === 'foreign') return FOREIGN_SECRET;
    if (deps.tokens.previous) await rotateSecret({ ...deps, pause: async (ms) => void (await after(ms)) })();
    return null;
  } catch (error) {
    // A standby that is not promoted yet can be read; what is to be written waits for the next start.
    if (!isRefusal(error, 'unavailable')) throw error;
    return null;
  }
}
