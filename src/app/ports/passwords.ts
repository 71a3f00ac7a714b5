/** Slow on purpose, so that a stolen table of hashes is of little use. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for a user whom nobody knows (`hash` undefined): the time tells nothing. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}
