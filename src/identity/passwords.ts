import { hash, type Options, verify } from '@node-rs/argon2';
import type { Passwords } from '../app/ports/passwords';

/**
 * The cost of Argon2id (RFC 9106 §1) by OWASP's first choice: 19 MiB, two passes, one lane. A hash takes about 30 ms in
 * a thread of its own.
 */
const ARGON2ID_ALGORITHM = 2;
const COST: Options = { algorithm: ARGON2ID_ALGORITHM, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** The most characters of a password. Without a bound a client could make the server hash megabytes. */
const MAX_PASSWORD_LENGTH = 1024;

/**
 * The hash that is verified for an unknown user. It has the same cost, so that the answer takes as long as for a known
 * user; a password that matches it is refused.
 */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$FF3UFdtPmLTMgoTJLas3tQ$6WvUDli231hBTF/CQx0qOhN9VwanWKWcy9bD1JeQELw';

/**
 * Hashes passwords in PHC form (`$argon2id$v=19$…`), each with its own salt. A hash contains the cost at which it was
 * made.
 */
export const argon2Passwords: Passwords = {
  hash: (password) => hash(typed(password), COST),
  async verify(password, stored) {
    const matches = await verify(stored ?? NOBODY, typed(password.slice(0, MAX_PASSWORD_LENGTH)));
    return matches && stored !== undefined && password.length <= MAX_PASSWORD_LENGTH;
  },
};

/**
 * Normalises a password by NFKC, so that the same letters match whatever keyboard or terminal they come from (NIST SP
 * 800-63B-4 §3.1.1.2).
 */
function typed(password: string): string {
  return password.normalize('NFKC');
}
