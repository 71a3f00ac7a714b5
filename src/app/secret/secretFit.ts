import type { AppDeps } from '../deps';
import type { LinkKeys } from '../ports/linkKeys';
import type { ManageTokens } from '../ports/manageTokens';

/** Whose the stored links are: of SECRET, of SECRET_PREVIOUS, or of a secret that nobody named. */
export type SecretFit = 'fits' | 'previous' | 'foreign';

/** Whether SECRET is the one that the stored links were made with. A database that has no check value yet gets the one that fits. */
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

/** A database of an earlier version: its newest booking tells; and where there is none, any secret will do. */
async function checkOfBookings(linkKeys: LinkKeys, tokens: ManageTokens): Promise<string | undefined> {
  const newest = await linkKeys.newest();
  if (!newest) return tokens.check;
  const made = [tokens, ...(tokens.previous ? [tokens.previous] : [])];
  return made.find(({ tokenFor }) => tokens.hash(tokenFor(newest.bookingId)) === newest.tokenHash)?.check;
}
