import { type Feed, MAX_FEEDS_EACH } from '../../domain/calendars/feed';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayKeepFeed } from '../../domain/staff/rights';
import type { AppDeps, CalendarDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'tokens'> & Pick<CalendarDeps, 'sealer'>;

/** A feed with the secret of its address, which is told once. */
interface WithToken {
  readonly feed: Feed;
  readonly token: string;
}

/** The purpose of the seal around the secret in what is kept for a repeated request. */
const SEALED_FOR = 'calendar feed';

type AddFeed = (request: {
  who: Caller;
  deskId: string;
  /** Null: the whole desk. */
  advisorId: string | null;
  names: boolean;
  /** The account of who asks; null: a program. */
  userId: string | null;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<WithToken>>;

/**
 * Makes an address at which calendar programs read who comes when.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid` with `unfit` if the desk does not allow names, or if there are
 *   ten such feeds
 */
export function addFeed(deps: Deps): AddFeed {
  const { storage, now, ids, tokens } = deps;
  return async ({ who, idempotency, ...wanted }) => {
    assertMayKeepFeed(who, wanted);
    const at = now();
    const { deskId, advisorId } = wanted;
    const work = async (stores: Stores) => {
      const desk = await deskOf(stores, deskId);
      if (advisorId !== null && !desk.advisors.some(({ id, retired }) => id === advisorId && !retired))
        throw new DomainError('not-found');
      if (wanted.names && !desk.feedNames) throw unfit('names', '/names', 'the desk does not allow names in calendars');
      const there = (await stores.feeds.list(deskId)).filter((each) => each.advisorId === advisorId);
      if (there.length >= MAX_FEEDS_EACH)
        throw unfit('many', '/advisor', `expected at most ${MAX_FEEDS_EACH} feeds of the same: revoke one`);
      const feed = { id: ids.uuid(), ...wanted, createdAt: at };
      const token = ids.secret();
      await stores.feeds.add(feed, tokens.hash(token));
      return sealed(deps, { feed, token });
    };
    return opened(deps, await idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, work));
  };
}

type RenewFeed = (request: {
  who: Caller;
  id: string;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<WithToken>>;

/** Gives a feed another address; the former one leads nowhere from now on. @throws DomainError `not-found`, `forbidden` */
export function renewFeed(deps: Deps): RenewFeed {
  const { storage, now, ids, tokens } = deps;
  return async ({ who, id, idempotency }) => {
    const { deskId } = await keptFeed(storage, who, id);
    const work = async (stores: Stores) => {
      const feed = await keptFeed(stores, who, id);
      const token = ids.secret();
      await stores.feeds.renew(id, tokens.hash(token));
      return sealed(deps, { feed, token });
    };
    return opened(deps, await idempotently({ write: storage.write, now: now(), desk: deskId }, idempotency, work));
  };
}

type RemoveFeed = (request: { who: Caller; id: string }) => Promise<void>;

/** Revokes a feed: its address leads nowhere from now on. @throws DomainError `not-found`, `forbidden` */
export function removeFeed({ storage }: Pick<Deps, 'storage'>): RemoveFeed {
  return async ({ who, id }) => {
    const { deskId } = await keptFeed(storage, who, id);
    await storage.write(
      async (stores) => {
        await keptFeed(stores, who, id);
        await stores.feeds.remove(id);
      },
      { desk: deskId },
    );
  };
}

/** Returns a feed for who may keep it. @throws DomainError `not-found`, `forbidden` */
async function keptFeed(stores: Pick<Stores, 'feeds'>, who: Caller, id: string): Promise<Feed> {
  const feed = await stores.feeds.find(id);
  if (!feed) throw new DomainError('not-found');
  assertMayKeepFeed(who, feed);
  return feed;
}

function unfit(why: string, pointer: string, detail: string): DomainError {
  return new DomainError('invalid', { unfit: why, errors: [{ pointer, detail }] });
}

interface Sealed {
  readonly feed: Feed;
  readonly sealedToken: string;
}

function sealed({ sealer }: Deps, { feed, token }: WithToken): Sealed {
  return { feed, sealedToken: sealer.seal(token, SEALED_FOR) };
}

/** @throws DomainError `already-done` if the secret cannot be read any more, because SECRET is another one */
function opened({ sealer }: Deps, { value, replayed }: IdempotentAnswer<Sealed>): IdempotentAnswer<WithToken> {
  const token = sealer.open(value.sealedToken, SEALED_FOR);
  if (token === undefined) throw new DomainError('already-done');
  return { value: { feed: value.feed, token }, replayed };
}
