import { hash, type Options, verify } from '@node-rs/argon2';
import type { Passwords } from '../app/ports/passwords';

/** Argon2id (RFC 9106 §1) with OWASP's first choice: 19 MiB, two passes, one lane. About 30 ms, in a thread of its own. */
const ARGON2ID = 2;
const COST: Options = { algorithm: ARGON2ID, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Nobody types more; without a bound a password of megabytes would be hashed, too. */
const MAX_PASSWORD_LENGTH = 1024;

/** What is verified for a user whom nobody knows: made at the same cost, so that it takes as long. Whatever matches it is refused. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$FF3UFdtPmLTMgoTJLas3tQ$6WvUDli231hBTF/CQx0qOhN9VwanWKWcy9bD1JeQELw';

/** Hashes in PHC form (`$argon2id$v=19$…`), each with its own salt; a hash says itself at what cost it was made. */
export const argon2Passwords: Passwords = {
  hash: (password) => hash(typed(password), COST),
  async verify(password, stored) {
    const matches = await verify(stored ?? NOBODY, typed(password.slice(0, MAX_PASSWORD_LENGTH)));
    return matches && stored !== undefined && password.length <= MAX_PASSWORD_LENGTH;
  },
};

/** The same letters are the same password, whatever keyboard or terminal they come from (NIST SP 800-63B-4 §3.1.1.2). */
function typed(password: string): string {
  return password.normalize('NFKC');
}
