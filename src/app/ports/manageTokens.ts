/** Makes the manage tokens of one secret. */
export interface LinkMaker {
  tokenFor(bookingId: string): string;
  /** A value that identifies this secret without revealing anything about it. */
  readonly check: string;
}

/**
 * Makes and checks the tokens in manage links. A token can be derived again for every mail, and only its hash is
 * stored.
 */
export interface ManageTokens extends LinkMaker {
  /** Makes the tokens of SECRET_PREVIOUS, whose links still open; null without one. */
  readonly previous: LinkMaker | null;
  /**
   * Returns `true` if the token belongs to the booking. Comparing only the hash would accept links of a secret that is
   * no longer valid.
   */
  opens(bookingId: string, token: string): boolean;
  /** SHA-256, hex. */
  hash(token: string): string;
}
