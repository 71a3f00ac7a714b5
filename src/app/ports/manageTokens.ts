/** What one secret makes of a booking. */
export interface LinkMaker {
  tokenFor(bookingId: string): string;
  /** Tells this secret from every other one, and nothing about it. */
  readonly check: string;
}

/** The secret in a manage link. It can be made again for every mail, and only its hash is stored. */
export interface ManageTokens extends LinkMaker {
  /** By SECRET_PREVIOUS, whose links still open; null without one. */
  readonly previous: LinkMaker | null;
  /** Whether the token is the booking's: the hash alone would let in what a secret made that counts no longer. */
  opens(bookingId: string, token: string): boolean;
  /** SHA-256, hex. */
  hash(token: string): string;
}
