import { HOUR, MINUTE } from '../domain/calendar/interval';

/** How often something may be done within a window. */
export interface Limit {
  /** From one host; from the networks around it more, see `rising`. */
  readonly most: number;
  /** For an address that many people share because the program cannot tell them apart, see `AddressRange.shared`. */
  readonly mostShared: number;
  /** Milliseconds from the first time that counts. */
  readonly window: number;
}

/**
 * What may be done only so often before anybody knows what it is about. Staff who are signed in are not counted. What bookings, moves,
 * holds and mails are limited to, each desk says (`domain/limits`).
 */
export const LIMITS = {
  /**
   * Secrets that nobody has: manage links and tokens of programs. A mail program that looks at every link of an old mail stays
   * far below. Of 2^256 secrets nobody finds one either way, so a right one is always answered; who guesses is told to stop.
   */
  wrongSecrets: { most: 200, mostShared: 1_000, window: 10 * MINUTE },

  /** Wrong passwords of one account from one range: enough for somebody who tries all that they ever had. */
  signInOfAccountInRange: { most: 10, mostShared: 60, window: 15 * MINUTE },
  /** Of all accounts from one range: one desk's staff behind one address mistype less, and a list of addresses is tried slowly. */
  signInInRange: { most: 100, mostShared: 2_000, window: 15 * MINUTE },
  /**
   * Of one account from anywhere, against many machines that guess together. No more, because it also keeps its owner out; an hour,
   * because it must not keep them out for good.
   */
  signInOfAccount: { most: 300, mostShared: 300, window: HOUR },
  /** Instead of that one, of one account from one browser on which its owner has signed in before: nobody else keeps them out there. */
  signInOnDevice: { most: 30, mostShared: 30, window: HOUR },

  /** "Send me the link" for one reference, and for one mail address: people look into the spam folder and try again. */
  linkOfReference: { most: 5, mostShared: 5, window: HOUR },
  linkOfMail: { most: 5, mostShared: 5, window: HOUR },
  /** For whatever reference, from one range. */
  linkInRange: { most: 20, mostShared: 500, window: HOUR },
} as const satisfies Record<string, Limit>;
