/** The secret in a manage link. It can be made again for every mail, and only its hash is stored. */
export interface ManageTokens {
  tokenFor(bookingId: string): string;
  /** SHA-256, hex. */
  hash(token: string): string;
}
