import { HOUR, MINUTE } from '../domain/calendar/interval';

/** How often something may be done within a window. */
export interface Limit {
  /** The limit for one host; it is higher for the networks around it, see `rising`. */
  readonly most: number;
  /**
   * The limit for an address that many people share, because the program cannot tell them apart, see
   * `AddressRange.shared`.
   */
  readonly mostShared: number;
  /** Milliseconds, from the first counted attempt. */
  readonly window: number;
}

/** How many streams of events are open at a time in one process, see `eventStreams`. */
export const MAX_STREAMS = {
  /** Of one person or program: all windows of somebody who forgets to close them. */
  eventStreamsOfOne: 20,
  /** Of all: they leave room for others among the connections that the server has (`BOUNDS`). */
  eventStreams: 300,
} as const;

/**
 * The rate limits that apply before a use case is reached. Requests of staff who are signed in are not counted. The
 * limits for bookings, moves, holds and mails are set by each desk (`domain/limits`).
 */
export const LIMITS = {
  /**
   * Unknown secrets: manage links and tokens of programs. A mail program that opens every link of an old mail stays far
   * below. With 2^256 possible secrets guessing is hopeless, so a correct one is always answered; the limit only stops
   * those who guess.
   */
  wrongSecrets: { most: 200, mostShared: 1_000, window: 10 * MINUTE },

  /** Wrong passwords for one account from one range: enough for somebody who tries all passwords they ever had. */
  signInOfAccountInRange: { most: 10, mostShared: 60, window: 15 * MINUTE },
  /**
   * Wrong passwords for all accounts from one range: more than the staff of a desk behind one address mistype, and few
   * enough to slow down going through a list of accounts.
   */
  signInInRange: { most: 100, mostShared: 2_000, window: 15 * MINUTE },
  /**
   * Wrong passwords for one account from anywhere, against many machines that guess together. It also locks out the
   * owner, so it is not lower, and lasts for an hour only.
   */
  signInOfAccount: { most: 300, mostShared: 300, window: HOUR },
  /**
   * Used in place of `signInOfAccount` on a browser in which the owner has signed in before, so that nobody else can
   * lock them out there.
   */
  signInOnDevice: { most: 30, mostShared: 30, window: HOUR },

  /** Requests for the manage link, by reference and by mail address: people look into the spam folder and try again. */
  linkOfReference: { most: 5, mostShared: 5, window: HOUR },
  linkOfMail: { most: 5, mostShared: 5, window: HOUR },
  /** Requests for manage links from one range, for any reference. */
  linkInRange: { most: 20, mostShared: 500, window: HOUR },

  /** Entries on waiting lists from one range: each mails somebody. */
  joinInRange: { most: 20, mostShared: 500, window: HOUR },
} as const satisfies Record<string, Limit>;
