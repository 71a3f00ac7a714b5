import type { WaitingEntry } from '../../domain/waiting/entry';
import { linkIdOf, parseWaitToken, waitTokenOf } from '../../domain/waiting/link';
import type { AppDeps } from '../deps';

/** Finds the entry that a link opens. The result is undefined alike for a link that is unknown, cut off or of another secret. */
export async function behindWaitToken(
  { storage, tokens }: Pick<AppDeps, 'storage' | 'tokens'>,
  token: string,
): Promise<WaitingEntry | undefined> {
  const link = parseWaitToken(token);
  return link && tokens.opens(linkIdOf(link.entryId), link.secret) ? storage.waiting.find(link.entryId) : undefined;
}

/** Returns the secret link of an entry. */
export function waitTokenFor({ tokens }: Pick<AppDeps, 'tokens'>, { id }: Pick<WaitingEntry, 'id'>): string {
  return waitTokenOf(id, tokens.tokenFor);
}
