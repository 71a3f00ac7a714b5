/** What is stored of a booking's manage links. */
export interface LinkHashes {
  readonly bookingId: string;
  readonly tokenHash: string;
  /** Of the link that the secret before the last rotation made; null if there was none. */
  readonly previousHash: string | null;
}

/** By which secret the stored links were made. */
export interface LinkKeys {
  /** The check value of that secret; undefined in a database that no secret was used with, or from before it was kept. */
  check(): Promise<string | undefined>;
  keepCheck(value: string): Promise<void>;
  /** The booking that was made last. */
  newest(): Promise<LinkHashes | undefined>;
  /** Bookings in the order of their ids, at most `limit`. @param after the last id of the batch before, '' for the first */
  batch(after: string, limit: number): Promise<LinkHashes[]>;
  replace(hashes: readonly LinkHashes[]): Promise<void>;
}
