/** Makes random ids. It is passed in, so that tests can count instead. */
export interface Ids {
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
  /** 32 random bytes as base64url, for secrets that a browser or a program keeps. */
  secret(): string;
  /** A random number from 0, inclusive, to 1, exclusive. */
  chance(): number;
  /** A booking reference, see domain/booking/reference. */
  reference(): string;
}
