import type { Caller } from '../../domain/staff/caller';
import { assertMayServeWaiting } from '../../domain/staff/rights';
import { ended, isOpen, rejoined, type WaitingEntry } from '../../domain/waiting/entry';
import type { AppDeps } from '../deps';
import { entryAt } from './readWaitingList';
import { releaseOffer } from './releaseOffer';

type ChangeEntry = (of: {
  readonly who: Caller;
  readonly deskId: string;
  readonly entryId: string;
}) => Promise<WaitingEntry>;

/**
 * Takes somebody off the list who has told the desk so. What was offered to them goes to the next. The entry is kept
 * until it is purged, so that it can be taken back (`putBackOnList`). Twice is the same as once.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function takeOffList({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): ChangeEntry {
  return async ({ who, deskId, entryId }) => {
    assertMayServeWaiting(who, deskId);
    return storage.write(
      async (stores) => {
        const entry = await entryAt(stores, deskId, entryId);
        if (!isOpen(entry)) return entry;
        const left = ended(entry, 'leave', now());
        await stores.waiting.save(left);
        if (entry.offer) await releaseOffer(stores, entry.offer);
        return left;
      },
      { desk: deskId },
    );
  };
}

/**
 * Puts somebody back on the list who was taken off, at their old place. Whoever is on it already stays.
 *
 * @throws DomainError `not-found`, `forbidden`, `hold-expired` if the entry has ended in another way
 */
export function putBackOnList({ storage }: Pick<AppDeps, 'storage'>): ChangeEntry {
  return async ({ who, deskId, entryId }) => {
    assertMayServeWaiting(who, deskId);
    return storage.write(
      async (stores) => {
        const entry = await entryAt(stores, deskId, entryId);
        if (isOpen(entry)) return entry;
        const back = rejoined(entry);
        await stores.waiting.save(back);
        return back;
      },
      { desk: deskId },
    );
  };
}
