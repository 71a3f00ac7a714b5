import type { Instant } from '../../domain/calendar/interval';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeWaiting } from '../../domain/staff/rights';
import { ended, isOpen, isSameWaiter, rejoined, type WaitingEntry } from '../../domain/waiting/entry';
import type { AppDeps } from '../deps';
import type { Stores } from '../ports/storage';
import { entryAt } from './readWaitingList';
import { releaseOffer } from './releaseOffer';

/** An entry whose secret link the caller has. */
type ByClient<T> = (of: { readonly entry: WaitingEntry }) => Promise<T>;

type ByStaff = (of: {
  readonly who: Caller;
  readonly deskId: string;
  readonly entryId: string;
}) => Promise<WaitingEntry>;

/**
 * Lets a client leave the list. What was offered to them goes to the next. The entry is kept until it is purged, so that
 * they can change their mind (`stayOnList`). Twice is the same as once.
 *
 * @throws DomainError `not-found`
 */
export function leaveList({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): ByClient<WaitingEntry> {
  return ({ entry: { id, deskId } }) =>
    storage.write(async (stores) => leave(stores, await entryAt(stores, deskId, id), now()), { desk: deskId });
}

/**
 * Takes back that a client has left the list, see `comeBack`.
 *
 * @throws DomainError `not-found`, `hold-expired` if the entry has ended in another way
 */
export function stayOnList({ storage }: Pick<AppDeps, 'storage'>): ByClient<WaitingEntry> {
  return ({ entry: { id, deskId } }) =>
    storage.write(async (stores) => comeBack(stores, await entryAt(stores, deskId, id)), { desk: deskId });
}

/** Takes somebody off the list and forgets them. What was offered goes to the next. One who is gone already is gone. */
export function forgetWaiting({ storage }: Pick<AppDeps, 'storage'>): ByClient<void> {
  return ({ entry: { id, deskId } }) =>
    storage.write(
      async (stores) => {
        const entry = await stores.waiting.find(id);
        if (entry) await forgetEntry(stores, entry);
      },
      { desk: deskId },
    );
}

/** Removes an entry with what is held for it. */
export async function forgetEntry(stores: Stores, entry: WaitingEntry): Promise<void> {
  if (isOpen(entry) && entry.offer) await releaseOffer(stores, entry.offer);
  await stores.waiting.remove(entry.id);
}

/**
 * Takes somebody off the list who has told the desk so, as `leaveList`.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function takeOffList({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): ByStaff {
  return async ({ who, deskId, entryId }) => {
    assertMayServeWaiting(who, deskId);
    return storage.write(async (stores) => leave(stores, await entryAt(stores, deskId, entryId), now()), {
      desk: deskId,
    });
  };
}

/**
 * Puts somebody back on the list who was taken off, see `comeBack`.
 *
 * @throws DomainError `not-found`, `forbidden`, `hold-expired` if the entry has ended in another way
 */
export function putBackOnList({ storage }: Pick<AppDeps, 'storage'>): ByStaff {
  return async ({ who, deskId, entryId }) => {
    assertMayServeWaiting(who, deskId);
    return storage.write(async (stores) => comeBack(stores, await entryAt(stores, deskId, entryId)), { desk: deskId });
  };
}

async function leave(stores: Stores, entry: WaitingEntry, now: Instant): Promise<WaitingEntry> {
  if (!isOpen(entry)) return entry;
  const left = ended(entry, 'leave', now);
  await stores.waiting.save(left);
  if (entry.offer) await releaseOffer(stores, entry.offer);
  return left;
}

/**
 * Puts somebody back at their old place who had left. Whoever is on the list already stays, and whoever has joined it
 * anew meanwhile keeps the new entry, which is then the answer.
 */
async function comeBack(stores: Stores, entry: WaitingEntry): Promise<WaitingEntry> {
  if (isOpen(entry)) return entry;
  const open = await stores.waiting.open(entry.deskId);
  const anew = open.find((each) => isSameWaiter(each, entry));
  if (anew) return anew;
  const back = rejoined(entry);
  await stores.waiting.save(back);
  return back;
}
