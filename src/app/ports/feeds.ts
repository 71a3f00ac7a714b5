import type { Feed } from '../../domain/calendars/feed';

/** Stores the addresses at which calendar programs read who comes when. Their secrets are stored as hashes. */
export interface FeedStore {
  add(feed: Feed, tokenHash: string): Promise<void>;
  find(id: string): Promise<Feed | undefined>;
  /** @param tokenHash SHA-256 of the secret in the address, hex */
  findByToken(tokenHash: string): Promise<Feed | undefined>;
  /** Returns those of the desk, the oldest first. */
  list(deskId: string): Promise<Feed[]>;
  /** Gives the feed another secret; the address with the former one leads nowhere from then on. */
  renew(id: string, tokenHash: string): Promise<void>;
  remove(id: string): Promise<void>;
}
