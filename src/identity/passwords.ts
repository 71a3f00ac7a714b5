import { hash, type Options, verify } from '@node-rs/argon2';
import type { Passwords } from '../app/ports/passwords';

/** Argon2id (RFC 9106 §1) with OWASP's first choice: 19 MiB, two passes, one lane. About 30 ms, in a thread of its own. */
const ARGON2ID = 2;
const COST: Options = { algorithm: ARGON2ID, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Nobody types more; without a bound a password of megabytes would be hashed, too. */
const LONGEST = 1024;

/** Hashes in PHC form (`$argon2id$v=19$…`), each with its own salt; a hash says itself at what cost it was made. */
export function argon2Passwords(): Passwords {
  // What is verified for a user whom nobody knows: made at the cost of all others, so that it takes as long. No password matches it.
  const nobody = hash(`nobody ${crypto.randomUUID()}`, COST);
  return {
    hash: (password) => hash(password, COST),
    async verify(password, stored) {
      const matches = await verify(stored ?? (await nobody), password.slice(0, LONGEST));
      return matches && stored !== undefined && password.length <= LONGEST;
    },
  };
}
