import type { AppDeps } from '../deps';
import type { LinkKeys } from '../ports/linkKeys';
import type { ManageTokens } from '../ports/manageTokens';

/** Which secret made the stored links: SECRET, SECRET_PREVIOUS, or an unknown one. */
type SecretFit = 'fits' | 'previous' | 'foreign';

/** Tells which secret made the stored links. A database without a check value gets the one that fits. */
export async function secretFit({ storage, tokens }: Pick<AppDeps, 'storage' | 'tokens'>): Promise<SecretFit> {
  const { previous } = tokens;
  const check = (await storage.linkKeys.check()) ?? (await checkOfBookings(storage.linkKeys, tokens));
  if (check === tokens.check) {
    if ((await storage.linkKeys.check()) === undefined)
      await storage.atomically(({ linkKeys }) => linkKeys.keepCheck(tokens.check));
    return 'fits';
  }
  return previous !== null && check === previous.check ? 'previous' : 'foreign';
}

/**
 * Finds the check value for a database of an earlier version by its newest booking. Without bookings any secret fits.
 */
async function checkOfBookings(linkKeys: LinkKeys, tokens: ManageTokens): Promise<string | undefined> {
  const newest = await linkKeys.newest();
  if (!newest) return tokens.check;
  const made = [tokens, ...(tokens.previous ? [tokens.previous] : [])];
  return made.find(({ tokenFor }) => tokens.hash(tokenFor(newest.bookingId)) === newest.tokenHash)?.check;
}
