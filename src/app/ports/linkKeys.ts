/** The stored hashes of a booking's manage links. */
export interface LinkHashes {
  readonly bookingId: string;
  readonly tokenHash: string;
  /** Hash of the link that was made with the secret before the last rotation; null if there was none. */
  readonly previousHash: string | null;
}

/** Stores with which secret the manage links were made. */
export interface LinkKeys {
  /** Returns the check value of that secret; undefined if none is stored yet, as in a new or an older database. */
  check(): Promise<string | undefined>;
  keepCheck(value: string): Promise<void>;
  /** Returns the hashes of the booking that was made last. */
  newest(): Promise<LinkHashes | undefined>;
  /**
   * Returns at most `limit` bookings in the order of their ids.
   *
   * @param after the last id of the previous batch, '' for the first
   */
  batch(after: string, limit: number): Promise<LinkHashes[]>;
  replace(hashes: readonly LinkHashes[]): Promise<void>;
}
