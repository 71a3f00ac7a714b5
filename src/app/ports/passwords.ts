/** Hashes passwords slowly on purpose, so that a stolen table of hashes is of little use. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /**
   * Checks a password. It takes as long for an unknown user (`hash` undefined), so that the time does not reveal
   * whether a user exists.
   */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}
